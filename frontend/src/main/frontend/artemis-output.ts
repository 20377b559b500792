import { LitElement, css, html, nothing } from 'lit';
import { written } from './numbers';

type Channel = 'stdout' | 'stderr';

/** Text of one stream, as it came. */
interface Piece {
  channel: Channel;
  text: string;
}

/** What a person reads, in their language; `of` has "{0} of {1}". */
interface Words {
  stdout: string;
  stderr: string;
  both: string;
  search: string;
  next: string;
  previous: string;
  of: string;
  nothing: string;
  sideBySide: string;
  merged: string;
  leftOut: string;
}

const NO_WORDS: Words = {
  stdout: '', stderr: '', both: '', search: '', next: '', previous: '', of: '', nothing: '', sideBySide: '', merged: '', leftOut: ''
};

/** Lines in one block: the browser lays out only the blocks that are in sight. */
const LINES_IN_BLOCK = 200;
const CHARACTERS_IN_BLOCK = 32_000;
/** Blocks on either side of what is left out. */
const BLOCKS_KEPT = 60;
const MOST_MATCHES = 2_000;

/** In small letters, each as long as it was: some, such as the Turkish İ, are two when small, and what is found after them must not move. */
function small(text: string): string {
  const all = text.toLowerCase();
  return all.length === text.length
    ? all
    : Array.from(text, (one) => one.toLowerCase().slice(0, one.length)).join('');
}

/** A scrolling list of blocks. Text goes in as text, never as markup. */
class Blocks {
  readonly scroller: HTMLElement;
  private last: HTMLElement | null = null;
  private lines = 0;
  private characters = 0;
  private gap: HTMLElement | null = null;
  private leftOut = 0;

  constructor(scroller: HTMLElement, private readonly words: Words) {
    this.scroller = scroller;
    scroller.replaceChildren();
  }

  add(pieces: Piece[]) {
    const following = this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 12;
    for (const piece of pieces) {
      this.put(piece);
    }
    this.leaveOut();
    if (following) {
      this.scroller.scrollTop = this.scroller.scrollHeight;
    }
  }

  private put(piece: Piece) {
    let from = 0;
    while (from < piece.text.length) {
      if (!this.last || this.lines >= LINES_IN_BLOCK || this.characters >= CHARACTERS_IN_BLOCK) {
        this.last = this.scroller.appendChild(document.createElement('pre'));
        this.lines = 0;
        this.characters = 0;
      }
      let to = from;
      while (to < piece.text.length && this.lines < LINES_IN_BLOCK && this.characters < CHARACTERS_IN_BLOCK) {
        const end = piece.text.indexOf('\n', to);
        const next = Math.min(end < 0 ? piece.text.length : end + 1, to + CHARACTERS_IN_BLOCK);
        this.lines += next === end + 1 ? 1 : 0;
        this.characters += next - to;
        to = next;
      }
      this.write(this.last, piece.channel, piece.text.slice(from, to));
      from = to;
    }
  }

  private write(block: HTMLElement, channel: Channel, text: string) {
    const end = block.lastElementChild as HTMLElement | null;
    if (end?.dataset.channel === channel && end.firstChild) {
      (end.firstChild as Text).appendData(text);
      return;
    }
    const span = document.createElement('span');
    span.dataset.channel = channel;
    span.append(text);
    block.append(span);
  }

  /** Keeps the beginning and the end; what is between is in the download. */
  private leaveOut() {
    const blocks = [...this.scroller.querySelectorAll('pre')];
    for (let n = BLOCKS_KEPT; n < blocks.length - BLOCKS_KEPT; n++) {
      this.leftOut += (blocks[n].textContent?.match(/\n/g) ?? []).length;
      if (!this.gap) {
        this.gap = document.createElement('p');
        blocks[n].before(this.gap);
      }
      blocks[n].remove();
    }
    if (this.gap) {
      this.gap.textContent = this.words.leftOut.replace('{0}', written(this.leftOut));
    }
  }
}

/** A program's output: side by side or in the order it came, to be searched, following its end while one is there. */
class ArtemisOutput extends LitElement {
  static properties = {
    words: { attribute: false },
    notes: { attribute: false },
    merged: { type: Boolean, reflect: true },
    found: { state: true },
    at: { state: true },
    query: { state: true }
  };

  static styles = css`
    :host {
      display: flex;
      flex-direction: column;
      gap: 0.75rem;
      min-inline-size: 0;
    }
    :host([hidden]) {
      display: none;
    }
    .bar {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem 0.75rem;
      align-items: center;
    }
    input {
      flex: 0 1 15rem;
      min-inline-size: 8rem;
      font: inherit;
      color: inherit;
      padding: 0.35rem 0.6rem;
      border: 1px solid var(--vaadin-border-color);
      border-radius: var(--vaadin-radius-m);
      background: var(--artemis-surface);
    }
    input::placeholder {
      color: var(--vaadin-text-color-secondary);
      opacity: 1;
    }
    button {
      font: inherit;
      font-weight: 500;
      color: inherit;
      padding: 0.35rem 0.7rem;
      border: 1px solid var(--vaadin-border-color);
      border-radius: var(--vaadin-radius-m);
      background: var(--artemis-surface);
      cursor: pointer;
    }
    button[aria-pressed='true'] {
      background: var(--artemis-busy-surface);
      border-color: var(--artemis-busy);
      color: var(--artemis-busy);
    }
    button:disabled {
      opacity: 0.5;
      cursor: default;
    }
    input:focus-visible,
    button:focus-visible,
    .scroller:focus-visible {
      outline: 2px solid var(--vaadin-focus-ring-color);
      outline-offset: -1px;
    }
    .how {
      display: flex;
      margin-inline-start: auto;
    }
    .how button:first-child {
      border-start-end-radius: 0;
      border-end-end-radius: 0;
    }
    .how button:last-child {
      border-start-start-radius: 0;
      border-end-start-radius: 0;
      margin-inline-start: -1px;
    }
    .count {
      font-variant-numeric: tabular-nums;
      color: var(--vaadin-text-color-secondary);
    }
    .count:empty {
      margin-inline-end: -0.75rem;
    }
    @media (max-width: 480px) {
      input {
        flex: 1 1 100%;
      }
    }
    .panes {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
      gap: 1rem;
    }
    section {
      display: flex;
      flex-direction: column;
      gap: 0.4rem;
      min-inline-size: 0;
    }
    section[hidden] {
      display: none;
    }
    header {
      display: flex;
      justify-content: space-between;
      gap: 1rem;
      font-size: var(--aura-font-size-s);
    }
    h3 {
      margin: 0;
      font-size: inherit;
      font-weight: 500;
      color: var(--vaadin-text-color-secondary);
    }
    .scroller {
      overflow: auto;
      max-block-size: 30rem;
      padding: 0.85rem 1rem;
      border: 1px solid var(--artemis-line);
      border-radius: var(--vaadin-radius-m);
      background: var(--artemis-code-background);
      font-family: var(--artemis-code-font);
      font-size: 0.82rem;
      line-height: 1.6;
    }
    .scroller:empty {
      display: none;
    }
    pre {
      margin: 0;
      font: inherit;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      tab-size: 4;
      unicode-bidi: plaintext;
      content-visibility: auto;
      contain-intrinsic-size: auto 20rem;
    }
    /* how tall they are is known at once: the end, to which one comes first, is where it seems to be */
    pre:nth-last-of-type(-n + 2) {
      content-visibility: visible;
    }
    .scroller p {
      margin: 0.5rem 0;
      color: var(--vaadin-text-color-secondary);
      font-style: italic;
    }
    section[data-pane='stderr'] .scroller,
    section[data-pane='both'] span[data-channel='stderr'] {
      border-inline-start: 3px solid var(--artemis-warn);
    }
    section[data-pane='both'] span[data-channel='stderr'] {
      padding-inline-start: 0.4rem;
      color: var(--artemis-warn);
    }
    .note {
      margin: 0;
      font-size: var(--aura-font-size-s);
      color: var(--vaadin-text-color-secondary);
    }
    ::highlight(artemis-found) {
      background-color: light-dark(#ffe58a, #6b5200);
    }
    ::highlight(artemis-found-here) {
      background-color: light-dark(#ffb02e, #b07400);
    }
  `;

  declare words: Words;
  declare notes: { stdout: string; stderr: string };
  declare merged: boolean;
  declare found: Range[];
  declare at: number;
  declare query: string;
  private pieces: Piece[] = [];
  private panes = new Map<string, Blocks>();
  private later: number | undefined;

  constructor() {
    super();
    this.words = NO_WORDS;
    this.notes = { stdout: '', stderr: '' };
    this.merged = false;
    this.found = [];
    this.at = -1;
    this.query = '';
  }

  /** Adds what was printed since the last call, in the order in which it was printed. */
  async print(pieces: Piece[]) {
    await this.updateComplete;
    this.pieces.push(...pieces);
    this.show(pieces);
    this.searchSoon();
  }

  /** Forgets everything: another attempt begins. */
  async clear() {
    await this.updateComplete;
    this.pieces = [];
    this.rebuild();
  }

  disconnectedCallback() {
    this.highlight([], -1);
    super.disconnectedCallback();
  }

  render() {
    return html`
      <div class="bar">
        <input type="search" .value=${this.query} placeholder=${this.words.search} aria-label=${this.words.search}
          @input=${this.typed} @keydown=${this.pressed} />
        <span class="count" role="status">${this.count()}</span>
        <button type="button" aria-label=${this.words.previous} ?disabled=${!this.found.length} @click=${() => this.go(-1)}>↑</button>
        <button type="button" aria-label=${this.words.next} ?disabled=${!this.found.length} @click=${() => this.go(1)}>↓</button>
        <div class="how" role="group" aria-label=${this.words.both}>
          <button type="button" aria-pressed=${!this.merged} @click=${() => this.arrange(false)}>${this.words.sideBySide}</button>
          <button type="button" aria-pressed=${this.merged} @click=${() => this.arrange(true)}>${this.words.merged}</button>
        </div>
      </div>
      <div class="panes">${this.merged ? this.pane('both') : [this.pane('stdout'), this.pane('stderr')]}</div>
    `;
  }

  updated(changed: Map<string, unknown>) {
    if (changed.has('merged') || (changed.has('words') && this.words.stdout)) {
      this.rebuild();
    }
  }

  private pane(name: 'stdout' | 'stderr' | 'both') {
    const notes = name === 'both' ? [this.notes.stdout, this.notes.stderr] : [this.notes[name]];
    return html`
      <section data-pane=${name} aria-label=${this.words[name]}>
        <header>
          <h3>${this.words[name]}</h3>
          <span>${name === 'both' ? nothing : html`<slot name=${name}></slot>`}</span>
        </header>
        <div class="scroller" tabindex="0" role="region" aria-label=${this.words[name]}></div>
        ${notes.filter((note) => note).map((note) => html`<p class="note">${note}</p>`)}
      </section>
    `;
  }

  private rebuild() {
    this.panes.clear();
    this.renderRoot.querySelectorAll<HTMLElement>('section').forEach((section) => {
      const scroller = section.querySelector<HTMLElement>('.scroller');
      if (scroller) {
        this.panes.set(section.dataset.pane ?? '', new Blocks(scroller, this.words));
      }
    });
    this.show(this.pieces);
    this.search();
  }

  private show(pieces: Piece[]) {
    this.panes.forEach((blocks, name) => blocks.add(pieces.filter((piece) => name === 'both' || piece.channel === name)));
  }

  private arrange(merged: boolean) {
    this.merged = merged;
  }

  private typed(event: Event) {
    this.query = (event.target as HTMLInputElement).value;
    this.searchSoon();
  }

  private pressed(event: KeyboardEvent) {
    if (event.key === 'Enter') {
      event.preventDefault();
      this.go(event.shiftKey ? -1 : 1);
    }
  }

  private searchSoon() {
    window.clearTimeout(this.later);
    this.later = window.setTimeout(() => this.search(), 150);
  }

  private search() {
    const found: Range[] = [];
    const wanted = small(this.query);
    if (wanted) {
      for (const blocks of this.panes.values()) {
        const walker = document.createTreeWalker(blocks.scroller, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node && found.length < MOST_MATCHES; node = walker.nextNode()) {
          const text = small(node.textContent ?? '');
          for (let at = text.indexOf(wanted); at >= 0 && found.length < MOST_MATCHES; at = text.indexOf(wanted, at + wanted.length)) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + wanted.length);
            found.push(range);
          }
        }
      }
    }
    this.found = found;
    this.at = Math.min(this.at, found.length - 1);
    this.highlight(found, this.at);
  }

  private go(step: number) {
    if (!this.found.length) {
      return;
    }
    this.at = this.at < 0 && step < 0 ? this.found.length - 1 : (this.at + step + this.found.length) % this.found.length;
    this.highlight(this.found, this.at);
    const range = this.found[this.at];
    const scroller = range.startContainer.parentElement?.closest<HTMLElement>('.scroller');
    range.startContainer.parentElement?.closest('pre')?.scrollIntoView({ block: 'nearest' });
    if (scroller) {
      const where = range.getBoundingClientRect();
      const frame = scroller.getBoundingClientRect();
      scroller.scrollTop += where.top - frame.top - frame.height / 2;
    }
  }

  private highlight(ranges: Range[], at: number) {
    if (!('highlights' in CSS)) {
      return;
    }
    CSS.highlights.set('artemis-found', new Highlight(...ranges));
    CSS.highlights.set('artemis-found-here', at >= 0 ? new Highlight(ranges[at]) : new Highlight());
  }

  private count(): string {
    if (!this.query) {
      return '';
    }
    return this.found.length
      ? this.words.of.replace('{0}', written(this.at + 1)).replace('{1}', written(this.found.length))
      : this.words.nothing;
  }
}

customElements.define('artemis-output', ArtemisOutput);
