type Field = HTMLElement & { value: string };

/**
 * Keeps what was typed into its fields in this tab, so that a page that must be loaded anew has it again: a field takes
 * part by `data-keep` with a name. The server says when it has what was typed, and it is forgotten.
 */
class ArtemisKeep extends HTMLElement {
  private readonly heard = new WeakSet<Element>();
  private readonly watch = new MutationObserver(() => this.adopt());
  private later: number | undefined;

  connectedCallback() {
    this.watch.observe(this, { childList: true, subtree: true });
    this.adopt();
  }

  disconnectedCallback() {
    this.watch.disconnect();
    window.clearTimeout(this.later);
  }

  private place(): string {
    return `artemis.typed.${this.getAttribute('place')}`;
  }

  private fields(): Field[] {
    return [...this.querySelectorAll<Field>('[data-keep]')];
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
    for (const field of this.fields().filter((each) => !this.heard.has(each))) {
      this.heard.add(field);
      const before = kept[field.dataset.keep ?? ''];
      if (before !== undefined && before !== field.value) {
        field.value = before;
        field.dispatchEvent(new CustomEvent('value-changed', { detail: { value: before } }));
        field.dispatchEvent(new CustomEvent('change', { bubbles: true }));
        restored = true;
      }
      for (const event of ['input', 'change', 'value-changed']) {
        field.addEventListener(event, () => this.keepSoon());
      }
    }
    if (restored) {
      this.dispatchEvent(new CustomEvent('restored'));
    }
  }

  private keepSoon() {
    window.clearTimeout(this.later);
    this.later = window.setTimeout(() => {
      const values = Object.fromEntries(this.fields().map((field) => [field.dataset.keep, field.value ?? '']));
      try {
        sessionStorage.setItem(this.place(), JSON.stringify(values));
      } catch {
        // full, or none: typing goes on
      }
    }, 300);
  }
}

customElements.define('artemis-keep', ArtemisKeep);
