// A part of the page that brings itself up to date: <div data-live="report-JKT123" data-live-url="/laporan/JKT123/">.
// The socket only says that something changed; what changed is fetched as the fragment of the same page.
// Without a socket nothing is lost: the page is as fresh as when it was opened.
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30000;
const ONE_DOUBT = 10000;
const SIGNED_OUT = 4001;
const NOT_YOURS = 4004;

class Live {
  constructor(element, words) {
    this.element = element;
    this.words = { ...words, fresh: element.dataset.liveSaid || words.fresh };
    this.tries = 0;
    this.stale = false;
    this.signedIn = "signedOut" in words;
    this.note = Object.assign(document.createElement("p"), { className: "hide" });
    this.note.setAttribute("aria-live", "polite");
    element.after(this.note);
    document.addEventListener("visibilitychange", () => (document.hidden ? this.pause() : this.open()));
    this.open();
  }

  open() {
    if (this.socket || this.ended || document.hidden || !this.element.isConnected) return;
    clearTimeout(this.timer);
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = (this.socket = new WebSocket(`${scheme}//${location.host}/langsung/${this.element.dataset.live}${this.signedIn ? "?masuk" : ""}`));
    socket.addEventListener("open", () => {
      this.tries = 0;
      if (this.stale) this.changed(); // something may have happened while we were away
      this.stale = true;
    });
    socket.addEventListener("message", () => this.changed());
    socket.addEventListener("close", ({ code }) => {
      if (this.socket !== socket) return;
      this.socket = null;
      if (code >= 4000) this.refused(code);
      else if (!document.hidden) this.timer = setTimeout(() => this.open(), this.wait());
    });
  }

  pause() {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  // 4000-4999: the server does not want to see us again, and says why.
  refused(code) {
    // Signing out everywhere else gives this browser a new session; so it asks once more with its new cookie.
    if (code === SIGNED_OUT && !(Date.now() - this.doubted < ONE_DOUBT)) {
      this.doubted = Date.now();
      this.timer = setTimeout(() => this.open(), FIRST_PAUSE);
      return;
    }
    this.ended = true;
    // Whatever else of the page listens hears the same; it is said once.
    if (code === SIGNED_OUT && !document.querySelector(".live-ended")) this.tell(this.words.signedOut, this.words.enter, this.words.entry);
    if (code === NOT_YOURS) this.tell(this.words.notYours);
  }

  tell(text, verb, address) {
    const box = Object.assign(document.createElement("div"), { className: "notice yellow live-ended", role: "alert" });
    const words = Object.assign(document.createElement("p"), { textContent: `${text} ` });
    if (verb) {
      const back = encodeURIComponent(location.pathname + location.search);
      words.append(Object.assign(document.createElement("a"), { textContent: verb, href: `${address}?next=${back}` }));
    }
    box.append(document.createElement("span"), words);
    const place = this.element.closest("main") ? this.element : document.querySelector("main > *");
    (place ?? this.element).before(box);
  }

  // Full jitter: a thousand phones that lost the same server do not come back in the same second.
  wait() {
    const ceiling = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.tries++);
    return FIRST_PAUSE + Math.random() * (ceiling - FIRST_PAUSE);
  }

  // Never under the hands of somebody who is writing.
  get inUse() {
    const active = document.activeElement;
    const typing = this.element.contains(active) && active.matches("input, textarea, select");
    const typed = [...this.element.querySelectorAll("textarea, input")].some((one) => one.type !== "hidden" && one.value !== one.defaultValue);
    return typing || typed || Boolean(this.element.querySelector("dialog[open]"));
  }

  changed() {
    if (this.element.dataset.liveNews) this.count();
    else if (this.inUse) this.offer();
    else this.fetch();
  }

  // A conversation does not move under its reader: it says how much is new, and a tap brings it.
  async count() {
    const response = await fetch(this.element.dataset.liveNews, { credentials: "same-origin" }).catch(() => null);
    const found = response?.ok ? await response.json() : null;
    if (found?.new) this.offer(found.words);
  }

  offer(words = this.words.news) {
    if (!this.button) {
      this.button = Object.assign(document.createElement("button"), { type: "button", className: "button button--accent live-new" });
      this.button.addEventListener("click", () => this.fetch());
      document.body.append(this.button);
    }
    this.button.textContent = this.note.textContent = words;
  }

  async fetch() {
    if (this.fetching) return (this.again = true);
    this.fetching = true;
    try {
      const response = await fetch(this.element.dataset.liveUrl || location.href, { headers: { "HX-Request": "true", "HX-Target": this.element.id || "" }, credentials: "same-origin" });
      if (response.ok) this.replace(await response.text());
    } catch {
      this.offer();
    } finally {
      this.fetching = false;
      if (this.again) {
        this.again = false;
        this.changed();
      }
    }
  }

  replace(html) {
    const fresh = new DOMParser().parseFromString(html, "text/html");
    const same = fresh.querySelector(`[data-live="${CSS.escape(this.element.dataset.live)}"]`) ?? fresh.body;
    const focused = this.element.contains(document.activeElement) ? document.activeElement.id : "";
    const open = [...this.element.querySelectorAll("details[open][id]")].map((one) => one.id);
    if (same.dataset.liveNews) this.element.dataset.liveNews = same.dataset.liveNews;
    this.element.replaceChildren(...document.adoptNode(same).childNodes);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    window.htmx?.process(this.element);
    this.button?.remove();
    this.button = null;
    this.note.textContent = "";
    requestAnimationFrame(() => (this.note.textContent = this.words.fresh));
  }
}

export function start(root, words) {
  for (const element of root.querySelectorAll("[data-live]")) {
    if (element.dataset.liveOn) continue;
    element.dataset.liveOn = "1";
    new Live(element, words);
  }
}
