// The map of the reports. It takes the place of the drawing that the server sent; where it fails, the drawing stays.
// No tiles from elsewhere: the kelurahan are drawn from our own shapes. Reports that would lie on each other are one pile.
const box = document.querySelector("[data-map]");
const CELL = 58; // pixels: closer than this, markers make a pile
const PIN = 44; // pixels that a finger needs
const LETTER = 7; // pixels that a letter of a name takes
// Names that fit the zoom: [from, of what].
const NAMED = [[13.5, "areas"], [11.5, "kecamatan"], [0, "kota"]];
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
  const inside = element("div", "pop");
  const link = Object.assign(element("a", "", title), { href: `/laporan/${number}/` });
  inside.append(element("span", `badge ${tones[colour]}`, word(colour)), link);
  return inside;
}

const popupSize = () => ({ minWidth: 200, maxWidth: Math.min(280, box.clientWidth - 64) });
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
  return marker.bindPopup(() => popup(point), popupSize());
}

const sizeOf = (points) => (points.length === 1 ? PIN : Math.min(68, PIN + Math.round(Math.log2(points.length) * 4)));

function pile(L, map, { points, x, y }) {
  const bounds = L.latLngBounds(points.map(([lat, lng]) => [lat, lng]));
  const size = sizeOf(points);
  const text = say.sayMany.replace("{count}", points.length);
  const marker = L.marker(map.unproject([x, y]), {
    icon: L.divIcon({ className: "pile", iconSize: [size, size], html: String(points.length) }),
    title: text,
    alt: text,
  });
  marker.on("click", () => {
    const same = bounds.getNorthEast().equals(bounds.getSouthWest(), 1e-6) || map.getZoom() >= map.getMaxZoom();
    if (same) marker.bindPopup(list(points), { ...popupSize(), maxHeight: 260 }).openPopup();
    else map.fitBounds(bounds.pad(0.2), { maxZoom: map.getZoom() + 3 });
  });
  return marker;
}

function list(points) {
  const inside = element("div", "stack stack--tight");
  inside.append(...points.slice(0, 30).map(popup));
  return inside;
}

// Points of one cell of a grid, then whatever still touches: {points, x, y}, in the middle of its points.
function gather(map, points) {
  const cells = new Map();
  for (const point of points) {
    const { x, y } = map.project([point[0], point[1]]);
    const key = `${Math.floor(x / CELL)}:${Math.floor(y / CELL)}`;
    const cell = cells.get(key);
    cells.set(key, cell ? joined(cell, { points: [point], x, y }) : { points: [point], x, y });
  }
  const piles = [];
  for (let one of cells.values()) {
    // Joining moves and widens a pile, so that it may touch the next.
    for (let at; (at = piles.findIndex((other) => touch(one, other))) >= 0; ) one = joined(one, piles.splice(at, 1)[0]);
    piles.push(one);
  }
  return piles;
}

const touch = (one, other) => Math.hypot(one.x - other.x, one.y - other.y) < (sizeOf(one.points) + sizeOf(other.points)) / 2;

function joined(one, other) {
  const points = one.points.concat(other.points);
  const share = other.points.length / points.length;
  return { points, x: one.x + (other.x - one.x) * share, y: one.y + (other.y - one.y) * share };
}

// Only what lies in the window is drawn, so that an old phone carries two thousand reports.
function draw(L, map, layer, points) {
  const window_ = map.getBounds().pad(0.15);
  const piles = gather(map, points.filter(([lat, lng]) => window_.contains([lat, lng])));
  const focused = document.activeElement?.title;
  layer.clearLayers();
  for (const one of piles) layer.addLayer(one.points.length === 1 ? pin(L, one.points[0]) : pile(L, map, one));
  if (focused) [...box.querySelectorAll(".leaflet-marker-icon")].find((one) => one.title === focused)?.focus({ preventScroll: true });
  return piles.map(({ points: its, x, y }) => ({ x, y, across: sizeOf(its) / 2, high: sizeOf(its) / 2 }));
}

// A name stands where no marker and no other name is: at its place, below or above it, or not at all.
function names(L, map, layer, known, taken) {
  layer.clearLayers();
  const write = ({ x, y }, what, text) => {
    const icon_ = L.divIcon({ className: `map-name map-name--${what}`, iconSize: null, html: element("span", "", text) });
    layer.addLayer(L.marker(map.unproject([x, y]), { icon: icon_, interactive: false, keyboard: false }));
  };
  const [, what] = NAMED.find(([from]) => map.getZoom() >= from);
  const window_ = map.getBounds();
  for (const { n, at } of known[what]) {
    if (!window_.contains(at)) continue;
    const { x, y } = map.project(at);
    const free = [0, 30, -30].map((aside) => ({ x, y: y + aside, across: (n.length * LETTER) / 2, high: 10 })).find((one) =>
      taken.every((other) => Math.abs(one.x - other.x) > one.across + other.across || Math.abs(one.y - other.y) > one.high + other.high));
    if (!free) continue;
    taken.push(free);
    write(free, what, n);
  }
  if (layer.getLayers().length) return;
  // So near that the middle of the kelurahan lies outside: its name stands at the upper edge.
  const { lat, lng } = map.getCenter();
  const here = known.areas.find(({ rings }) => rings.some((one) => holds(one, lat, lng)));
  if (here) write(map.getPixelBounds().getTopLeft().add([map.getSize().x / 2, 20]), "areas", here.n);
}

function holds(points, lat, lng) {
  const crossed = points.filter(([a, b], at) => {
    const [c, d] = points.at(at - 1);
    return a > lat !== c > lat && lng < ((d - b) * (lat - a)) / (c - a) + b;
  });
  return crossed.length % 2 === 1;
}

async function start() {
  const L = window.L;
  const [background, found] = await Promise.all([json(say.background), json(say.points)]);
  const areas = background.areas.map((area) => ({ n: area.n, at: ring(area.p)[0], rings: area.r.map(ring) }));
  const [kecamatan, kota] = [background.kecamatan, background.kota].map((all) => all.map(({ n, p }) => ({ n, at: ring(p)[0] })));
  box.replaceChildren();
  box.dataset.on = "1";
  const map = L.map(box, { attributionControl: false, zoomControl: false, minZoom: 9, maxZoom: 18, zoomSnap: 0.5 });
  L.control.zoom({ zoomInTitle: say.sayIn, zoomOutTitle: say.sayOut }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
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
    names(L, map, labels, { areas, kecamatan, kota }, draw(L, map, marks, found.points));
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
