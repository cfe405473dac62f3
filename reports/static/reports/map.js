// The map of the reports. It takes the place of the drawing that the server sent; where it fails, the drawing stays.
// No tiles from elsewhere: the kelurahan are drawn from our own shapes. Reports that would lie on each other are one pile.
const box = document.querySelector("[data-map]");
const CELL = 58; // pixels: closer than this, markers make a pile
const NAMES_FROM = 14;
const tones = { red: "red", yellow: "yellow", green: "green", neutral: "grey" };
const say = box?.dataset ?? {};

async function json(url) {
  const response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}

// Whole numbers of 1/10,000 degree, each pair the difference to the one before.
function ring(flat) {
  const points = [];
  let lat = 0;
  let lng = 0;
  for (let at = 0; at < flat.length; at += 2) points.push([(lat += flat[at]) / 1e4, (lng += flat[at + 1]) / 1e4]);
  return points;
}

function element(tag, className, text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${say.sprite}#${name}`);
  svg.append(use);
  return svg;
}

function popup([, , colour, number, title]) {
  const inside = element("div", "stack stack--tight");
  const link = Object.assign(element("a", "", title), { href: `/laporan/${number}/` });
  inside.append(element("span", `badge ${tones[colour]}`, word(colour)), link);
  return inside;
}

const word = (colour) => say[`say${colour[0].toUpperCase()}${colour.slice(1)}`];

function pin(L, point) {
  const [lat, lng, colour, , title, name] = point;
  const body = element("span", "pin__body");
  body.append(icon(name));
  const marker = L.marker([lat, lng], {
    icon: L.divIcon({ className: `pin ${tones[colour]}`, iconSize: [44, 44], html: body }),
    title: `${word(colour)}: ${title}`,
    alt: `${word(colour)}: ${title}`,
  });
  return marker.bindPopup(() => popup(point), { minWidth: 200, maxWidth: 280 });
}

function pile(L, map, points) {
  const bounds = L.latLngBounds(points.map(([lat, lng]) => [lat, lng]));
  const size = Math.min(68, 44 + Math.round(Math.log2(points.length) * 4));
  const text = say.sayMany.replace("{count}", points.length);
  const marker = L.marker(bounds.getCenter(), {
    icon: L.divIcon({ className: "pile", iconSize: [size, size], html: String(points.length) }),
    title: text,
    alt: text,
  });
  marker.on("click", () => {
    const same = bounds.getNorthEast().equals(bounds.getSouthWest(), 1e-6) || map.getZoom() >= map.getMaxZoom();
    if (same) marker.bindPopup(list(points), { minWidth: 220, maxHeight: 260 }).openPopup();
    else map.fitBounds(bounds.pad(0.2), { maxZoom: map.getZoom() + 3 });
  });
  return marker;
}

function list(points) {
  const inside = element("div", "stack stack--tight");
  inside.append(...points.slice(0, 30).map(popup));
  return inside;
}

// Only what lies in the window is drawn, so that an old phone carries two thousand reports.
function draw(L, map, layer, points) {
  const window_ = map.getBounds().pad(0.15);
  const cells = new Map();
  for (const point of points) {
    if (!window_.contains([point[0], point[1]])) continue;
    const { x, y } = map.project([point[0], point[1]]);
    const key = `${Math.floor(x / CELL)}:${Math.floor(y / CELL)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(point);
  }
  const focused = document.activeElement?.title;
  layer.clearLayers();
  for (const cell of cells.values()) layer.addLayer(cell.length === 1 ? pin(L, cell[0]) : pile(L, map, cell));
  if (focused) [...box.querySelectorAll(".leaflet-marker-icon")].find((one) => one.title === focused)?.focus({ preventScroll: true });
}

function names(L, map, layer, areas) {
  layer.clearLayers();
  if (map.getZoom() < NAMES_FROM) return;
  const window_ = map.getBounds();
  for (const { n, at } of areas) {
    if (window_.contains(at)) layer.addLayer(L.marker(at, { icon: L.divIcon({ className: "map-name", iconSize: null, html: element("span", "", n) }), interactive: false, keyboard: false }));
  }
}

async function start() {
  const L = window.L;
  const [background, found] = await Promise.all([json(say.background), json(say.points)]);
  const areas = background.areas.map((area) => ({ n: area.n, at: ring(area.p)[0], rings: area.r.map(ring) }));
  box.replaceChildren();
  box.dataset.on = "1";
  const map = L.map(box, { attributionControl: false, zoomControl: false, minZoom: 9, maxZoom: 18, zoomSnap: 0.5 });
  L.control.zoom({ zoomInTitle: say.sayIn, zoomOutTitle: say.sayOut }).addTo(map);
  const renderer = L.svg({ padding: 0.5 });
  L.layerGroup(areas.map((area) => L.polygon(area.rings.map((one) => [one]), { className: "land", interactive: false, renderer }))).addTo(map);
  const labels = L.layerGroup().addTo(map);
  const marks = L.layerGroup().addTo(map);
  const mainland = areas.filter(({ at }) => at[0] < -6.05).map(({ at }) => at);
  // The islands lie far off: unless most reports come from there, the mainland fills the view.
  const ashore = found.points.filter(([lat]) => lat < -6.05);
  const shown = ashore.length * 2 >= found.points.length ? ashore : found.points;
  const around = shown.length ? shown.map(([lat, lng]) => [lat, lng]) : mainland;
  const wanted = found.points.find((point) => point[3] === location.hash.slice(1));
  let reading = false; // an open popup would close when its marker is drawn anew
  const update = () => {
    if (reading) return;
    draw(L, map, marks, found.points);
    names(L, map, labels, areas);
  };
  map.on("popupopen", () => (reading = true));
  map.on("popupclose", () => (reading = false));
  map.on("moveend popupclose", update);
  if (wanted) map.setView([wanted[0], wanted[1]], 17);
  else map.fitBounds(L.latLngBounds(around).pad(0.08), { maxZoom: 16 });
  map.getContainer().setAttribute("aria-label", say.sayMap);
  map.getContainer().setAttribute("role", "application");
  document.querySelector("[data-map-capped]").hidden = !found.capped;
}

// leaflet.js is deferred and stands before this module, so it is there.
if (box && window.L) start().catch(() => box.after(element("p", "soft", say.sayFailed)));
