type Field = HTMLElement & { value: string; checked?: boolean; label?: string };

/** What people write into. Not of passwords, and not what a page leaves out on purpose. */
const WRITTEN = ['text-field', 'text-area', 'email-field', 'integer-field', 'number-field', 'big-decimal-field']
  .map((name) => `vaadin-${name}:not([data-keep-not])`)
  .join();

function isBox(field: Field): boolean {
  return field.localName === 'vaadin-checkbox';
}

/** As text. */
function value(field: Field): string {
  return isBox(field) ? String(field.checked ?? false) : (field.value ?? '');
}

/**
 * Keeps what was typed into its fields in this tab, so that a page that must be loaded anew has it again: a field takes
 * part by `data-keep` with a name; where `all` is set, every field that people write into does, by its label. Only what differs from
 * what the page began with is kept: the rest may be newer with the server. The server says when it has what was typed, and it is
 * forgotten.
 */
class ArtemisKeep extends HTMLElement {
  private readonly heard = new WeakSet<Element>();
  private readonly begun = new Map<string, string>();
  private readonly watch = new MutationObserver(() => this.adopt());
  private later: number | undefined;

  connectedCallback() {
    this.watch.observe(this, { childList: true, subtree: true });
    // values that come along with the fields are set after them
    queueMicrotask(() => this.adopt());
  }

  disconnectedCallback() {
    this.watch.disconnect();
    window.clearTimeout(this.later);
  }

  /**
   * Tells the server anew what stands in the fields. What is put back while the page is being built is shown, but nobody listens to
   * the fields yet.
   */
  sayAgain() {
    for (const field of this.fields().values()) {
      this.say(field);
    }
  }

  /** What is typed here from now on is not kept either. */
  forget() {
    window.clearTimeout(this.later);
    this.begun.clear();
    sessionStorage.removeItem(this.place());
  }

  private place(): string {
    return `artemis.typed.${this.getAttribute('place')}`;
  }

  /** By names: of several with the same label, by which it is. */
  private fields(): Map<string, Field> {
    const named = new Map<string, Field>();
    const times = new Map<string, number>();
    const all = this.hasAttribute('all') ? `[data-keep], ${WRITTEN}` : '[data-keep]';
    for (const field of this.querySelectorAll<Field>(all)) {
      const name = field.dataset.keep ?? field.label ?? '';
      const before = times.get(name) ?? 0;
      times.set(name, before + 1);
      named.set(before ? `${name} ${before + 1}` : name, field);
    }
    return named;
  }

  private kept(): Record<string, string> {
    try {
      return JSON.parse(sessionStorage.getItem(this.place()) ?? '{}');
    } catch {
      return {};
    }
  }

  private adopt() {
    const kept = this.kept();
    let restored = false;
    for (const [name, field] of this.fields()) {
      if (this.heard.has(field)) {
        continue;
      }
      this.heard.add(field);
      this.begun.set(name, value(field));
      const before = kept[name];
      if (before !== undefined && before !== value(field)) {
        if (isBox(field)) {
          field.checked = before === 'true';
        } else {
          field.value = before;
        }
        this.say(field);
        const folded = field.closest<HTMLElement & { opened: boolean }>('vaadin-details');
        if (folded) {
          folded.opened = true; // what is back is seen
        }
        restored = true;
      }
      for (const event of ['input', 'change', 'value-changed', 'checked-changed']) {
        field.addEventListener(event, () => this.keepSoon());
      }
    }
    if (restored) {
      this.dispatchEvent(new CustomEvent('restored'));
    }
  }

  private say(field: Field) {
    field.dispatchEvent(
      isBox(field)
        ? new CustomEvent('checked-changed', { detail: { value: field.checked } })
        : new CustomEvent('value-changed', { detail: { value: field.value } })
    );
    field.dispatchEvent(new CustomEvent('change', { bubbles: true }));
  }

  private keepSoon() {
    window.clearTimeout(this.later);
    this.later = window.setTimeout(() => {
      const fields = this.fields();
      // what was kept of fields that are not there yet waits for them
      const typed = Object.entries(this.begun.size ? this.kept() : {}).filter(([name]) => !fields.has(name));
      for (const [name, field] of fields) {
        if (this.begun.has(name) && this.begun.get(name) !== value(field)) {
          typed.push([name, value(field)]);
        }
      }
      try {
        if (typed.length) {
          sessionStorage.setItem(this.place(), JSON.stringify(Object.fromEntries(typed)));
        } else {
          sessionStorage.removeItem(this.place());
        }
      } catch {
        // full, or none: typing goes on
      }
    }, 300);
  }
}

customElements.define('artemis-keep', ArtemisKeep);
