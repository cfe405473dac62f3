// A map to set one pin on, without tiles from elsewhere: the kelurahan and their names as ground, a scale.
const CITY = [-6.2, 106.83];
const CLOSE = 16;
const NAMES_FROM = 13;

function load(tag, attributes) {
  return new Promise((done, failed) => {
    const part = Object.assign(document.createElement(tag), attributes);
    part.addEventListener("load", done);
    part.addEventListener("error", failed);
    document.head.append(part);
  });
}

const unrolled = (steps) => {
  let [lat, lng] = [0, 0];
  return Array.from({ length: steps.length / 2 }, (_, at) => [(lat += steps[2 * at]) / 1e4, (lng += steps[2 * at + 1]) / 1e4]);
};

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// light-dark() is resolved by asking an element that wears the colour.
function worn(element, name) {
  const before = element.style.color;
  element.style.color = `var(${name})`;
  const found = getComputedStyle(element).color;
  element.style.color = before;
  return found || colour(name);
}

function ground(L, map, areas) {
  const box = map.getContainer();
  const ink = { line: worn(box, "--edge"), fill: worn(box, "--sheet") };
  const named = areas.map(({ n, p, r }) => {
    L.polygon(r.map((ring) => [unrolled(ring)]), { color: ink.line, weight: 1, opacity: 0.55, fillColor: ink.fill, fillOpacity: 1, interactive: false }).addTo(map);
    return { name: n, at: L.latLng(unrolled(p)[0]) };
  });
  const names = L.layerGroup().addTo(map);
  const write = () => {
    names.clearLayers();
    if (map.getZoom() < NAMES_FROM) return;
    const seen = map.getBounds();
    for (const { name, at } of named) {
      if (!seen.contains(at)) continue;
      const word = Object.assign(document.createElement("span"), { textContent: name });
      L.marker(at, { icon: L.divIcon({ className: "filing__name", html: word, iconSize: [0, 0] }), interactive: false, keyboard: false }).addTo(names);
    }
  };
  map.on("moveend", write);
  write();
}

// Opens the map in `box`; `place` is [lat, lng, accuracy] or nulls; `moved(lat, lng)` hears of every new spot.
export async function open(box, [lat, lng, accuracy], moved) {
  const [answer] = await Promise.all([
    fetch(box.dataset.areas),
    window.L ?? load("script", { src: box.dataset.leaflet }),
    load("link", { rel: "stylesheet", href: box.dataset.leafletCss }),
  ]);
  const L = window.L;
  const map = L.map(box, { preferCanvas: true, attributionControl: false, minZoom: 10, maxZoom: 18, maxBounds: [[-6.9, 106.2], [-5, 107.5]], zoomAnimation: false });
  map.setView(lat === null ? CITY : [lat, lng], lat === null ? 11 : CLOSE);
  L.control.scale({ imperial: false }).addTo(map);
  if (answer.ok) ground(L, map, (await answer.json()).areas);
  const drawing = document.querySelector("[data-position] svg").cloneNode(true);
  const icon = L.divIcon({ className: "filing__pin", html: drawing, iconSize: [44, 44], iconAnchor: [22, 42] });
  const pin = L.marker(map.getCenter(), { icon, draggable: true, autoPan: true, alt: box.dataset.pin, title: box.dataset.pin });
  const circle = L.circle(map.getCenter(), { radius: 0, color: worn(box, "--main"), weight: 1, fillOpacity: 0.12, interactive: false });

  const set = (at, radius) => {
    pin.setLatLng(at).addTo(map);
    if (radius) circle.setLatLng(at).setRadius(radius).addTo(map);
    else circle.remove();
  };
  const tell = (at) => {
    set(at, 0);
    moved(at.lat, at.lng);
  };
  map.on("click", ({ latlng }) => tell(latlng));
  pin.on("dragend", () => tell(pin.getLatLng()));
  if (lat !== null) set([lat, lng], accuracy);
  return {
    move(newLat, newLng, radius) {
      set([newLat, newLng], radius);
      map.setView([newLat, newLng], Math.max(map.getZoom(), CLOSE));
    },
    remove() {
      pin.remove();
      circle.remove();
    },
  };
}
