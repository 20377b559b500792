import { LitElement, css, html, nothing } from 'lit';

/** Somewhere to go or something to do. */
interface Item {
  label: string;
  group: string;
}

interface Words {
  open: string;
  search: string;
  nothing: string;
  hint: string;
}

const MOST_SHOWN = 60;

/** The quick way: Ctrl or Cmd with K, some letters, Enter. The server says what there is when it opens. */
class ArtemisPalette extends LitElement {
  static properties = {
    items: { attribute: false },
    words: { attribute: false },
    query: { state: true },
    at: { state: true }
  };

  static styles = css`
    :host {
      display: block;
    }
    .open {
      display: flex;
      align-items: center;
      gap: 0.5rem;
      box-sizing: border-box;
      inline-size: 100%;
      padding: 0.4rem 0.6rem;
      font: inherit;
      color: var(--vaadin-text-color-secondary);
      border: 1px solid var(--artemis-line);
      border-radius: var(--vaadin-radius-m);
      background: var(--artemis-surface);
      cursor: pointer;
    }
    .open:hover {
      color: var(--vaadin-text-color);
    }
    .open:focus-visible {
      outline: 2px solid var(--vaadin-focus-ring-color);
    }
    kbd {
      margin-inline-start: auto;
      font: inherit;
      font-size: var(--aura-font-size-xs);
      padding: 0 0.3rem;
      border: 1px solid var(--artemis-line);
      border-radius: 4px;
    }
    dialog {
      inline-size: min(36rem, calc(100vw - 2rem));
      margin-block-start: min(12vh, 7rem);
      padding: 0;
      border: 1px solid var(--artemis-line);
      border-radius: var(--vaadin-radius-l);
      background: var(--artemis-surface);
      color: var(--vaadin-text-color);
      box-shadow: 0 20px 60px rgb(0 0 0 / 30%);
    }
    dialog::backdrop {
      background: rgb(0 0 0 / 35%);
    }
    input {
      box-sizing: border-box;
      inline-size: 100%;
      padding: 0.9rem 1.1rem;
      font: inherit;
      font-size: 1.05rem;
      color: inherit;
      border: none;
      border-block-end: 1px solid var(--artemis-line);
      background: none;
      outline: none;
    }
    input::placeholder {
      color: var(--vaadin-text-color-secondary);
      opacity: 1;
    }
    ul {
      margin: 0;
      padding: 0.4rem;
      list-style: none;
      max-block-size: min(24rem, 55vh);
      overflow-y: auto;
    }
    ul:empty {
      display: none;
    }
    li {
      display: flex;
      justify-content: space-between;
      gap: 1rem;
      padding: 0.5rem 0.7rem;
      border-radius: var(--vaadin-radius-m);
      cursor: pointer;
    }
    li span:last-child {
      color: var(--vaadin-text-color-secondary);
      font-size: var(--aura-font-size-s);
      text-align: end;
    }
    li[aria-selected='true'] {
      background: var(--artemis-busy-surface);
    }
    li[aria-selected='true'] span {
      color: var(--artemis-busy);
    }
    p {
      margin: 0;
      padding: 0.6rem 1.1rem;
      font-size: var(--aura-font-size-s);
      color: var(--vaadin-text-color-secondary);
      border-block-start: 1px solid var(--artemis-line);
    }
    @media (max-width: 480px) {
      kbd {
        display: none;
      }
    }
  `;

  declare items: Item[];
  declare words: Words;
  declare query: string;
  declare at: number;
  private readonly key = (event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      this.open();
    }
  };

  constructor() {
    super();
    this.items = [];
    this.words = { open: '', search: '', nothing: '', hint: '' };
    this.query = '';
    this.at = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    // before the editor, in which Ctrl-K would delete a line
    window.addEventListener('keydown', this.key, { capture: true });
  }

  disconnectedCallback() {
    window.removeEventListener('keydown', this.key, { capture: true });
    super.disconnectedCallback();
  }

  render() {
    const shown = this.shown();
    return html`
      <button class="open" type="button" aria-haspopup="dialog" aria-keyshortcuts="Control+K" @click=${this.open}>
        <slot name="icon"></slot><span>${this.words.open}</span><kbd aria-hidden="true">Ctrl K</kbd>
      </button>
      <dialog aria-label=${this.words.search} @click=${this.outside} @close=${this.closed}>
        <input type="text" role="combobox" aria-expanded="true" aria-controls="found" aria-autocomplete="list"
          aria-label=${this.words.search} placeholder=${this.words.search} autocomplete="off" spellcheck="false"
          aria-activedescendant=${shown.length ? `item-${this.at}` : nothing}
          .value=${this.query} @input=${this.typed} @keydown=${this.pressed} />
        <ul id="found" role="listbox" aria-label=${this.words.search}>${shown.map(
            (item, index) => html`
              <li id="item-${index}" role="option" aria-selected=${index === this.at}
                @mousemove=${() => (this.at = index)} @click=${() => this.choose(item)}>
                <span>${item.label}</span><span>${item.group}</span>
              </li>`
          )}</ul>
        <p role="status">${shown.length ? this.words.hint : this.words.nothing}</p>
      </dialog>
    `;
  }

  updated(changed: Map<string, unknown>) {
    if (changed.has('at')) {
      this.renderRoot.querySelector(`#item-${this.at}`)?.scrollIntoView({ block: 'nearest' });
    }
  }

  private dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector('dialog');
  }

  private open() {
    const dialog = this.dialog();
    if (!dialog || dialog.open) {
      return;
    }
    this.query = '';
    this.at = 0;
    this.dispatchEvent(new CustomEvent('palette-open'));
    dialog.showModal();
    this.renderRoot.querySelector('input')?.focus();
  }

  private closed() {
    this.query = '';
  }

  private outside(event: Event) {
    if (event.target === this.dialog()) {
      this.dialog()?.close();
    }
  }

  private typed(event: Event) {
    this.query = (event.target as HTMLInputElement).value;
    this.at = 0;
  }

  private pressed(event: KeyboardEvent) {
    const shown = this.shown();
    if (event.key === 'ArrowDown' && shown.length) {
      this.at = (this.at + 1) % shown.length;
    } else if (event.key === 'ArrowUp' && shown.length) {
      this.at = (this.at - 1 + shown.length) % shown.length;
    } else if (event.key === 'Enter' && shown[this.at]) {
      this.choose(shown[this.at]);
    } else {
      return;
    }
    event.preventDefault();
  }

  private choose(item: Item) {
    this.dialog()?.close();
    this.dispatchEvent(new CustomEvent('palette-choose', { detail: { index: this.items.indexOf(item) } }));
  }

  /** Every word must be somewhere; what begins with the first word comes first. */
  private shown(): Item[] {
    const words = this.query.toLowerCase().split(/\s+/).filter((word) => word);
    const found = this.items.filter((item) => {
      const text = `${item.label} ${item.group}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const first = (item: Item) => (words.length && item.label.toLowerCase().startsWith(words[0]) ? 0 : 1);
    return found.sort((one, other) => first(one) - first(other)).slice(0, MOST_SHOWN);
  }
}

customElements.define('artemis-palette', ArtemisPalette);
