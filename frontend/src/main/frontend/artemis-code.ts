import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { python } from '@codemirror/lang-python';
import {
  HighlightStyle,
  StreamLanguage,
  bracketMatching,
  indentOnInput,
  indentUnit,
  syntaxHighlighting
} from '@codemirror/language';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { type Diagnostic, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState } from '@codemirror/state';
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { LitElement, css, html } from 'lit';

/** A finding of the scanner: lines count from 1, columns from 0. */
interface Finding {
  line: number;
  column: number;
  severity: string;
  message: string;
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: 'var(--artemis-code-keyword)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--artemis-code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--artemis-code-number)' },
  { tag: [tags.comment, tags.meta], color: 'var(--artemis-code-comment)', fontStyle: 'italic' },
  { tag: [tags.function(tags.variableName), tags.definition(tags.variableName)], color: 'var(--artemis-code-name)' }
]);

const look = EditorView.theme({
  '&': { height: '100%', fontSize: 'var(--artemis-code-size, 13px)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--artemis-code-font)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--vaadin-text-color)', padding: '10px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--vaadin-text-color)' },
  '.cm-gutters': {
    backgroundColor: 'transparent',
    color: 'var(--vaadin-text-color-secondary)',
    border: 'none',
    paddingInlineStart: '4px'
  },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--vaadin-background-container)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--artemis-code-selection) !important'
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--artemis-chart-surface)',
    color: 'var(--vaadin-text-color)',
    border: '1px solid var(--vaadin-border-color-secondary)',
    borderRadius: '6px'
  }
});

/** A code editor by CodeMirror. Tab indents; Escape, then Tab, leaves the field. Ctrl or Cmd with Enter submits. F8 goes to the next finding. */
class ArtemisCode extends LitElement {
  static properties = {
    value: { type: String },
    label: { type: String },
    hint: { type: String },
    language: { type: String },
    readonly: { type: Boolean },
    invalid: { type: Boolean, reflect: true },
    errorMessage: { type: String },
    findings: { attribute: false }
  };

  static styles = css`
    :host {
      display: flex;
      flex-direction: column;
      min-height: 12rem;
      gap: var(--vaadin-gap-xs);
    }
    :host([hidden]) {
      display: none;
    }
    .label {
      font-weight: 500;
      font-size: var(--aura-font-size-s);
    }
    .editor {
      flex: 1;
      min-height: 0;
      overflow: hidden;
      border: 1px solid var(--vaadin-border-color);
      border-radius: var(--vaadin-radius-m);
      background: var(--artemis-code-background);
    }
    .editor:focus-within {
      outline: 2px solid var(--vaadin-focus-ring-color);
      outline-offset: -1px;
    }
    :host([invalid]) .editor {
      border-color: var(--vaadin-input-field-error-color);
    }
    .error {
      color: var(--vaadin-input-field-error-color);
      font-size: var(--aura-font-size-s);
    }
    .hint {
      color: var(--vaadin-text-color-secondary);
      font-size: var(--aura-font-size-xs);
    }
  `;

  declare value: string;
  declare label: string;
  declare hint: string;
  declare language: string;
  declare readonly: boolean;
  declare invalid: boolean;
  declare errorMessage: string;
  declare findings: Finding[] | null;
  private view: EditorView | null = null;
  private told: number | undefined;
  private readonly speech = new Compartment();
  private readonly editing = new Compartment();
  private readonly named = new Compartment();

  constructor() {
    super();
    this.value = '';
    this.label = '';
    this.hint = '';
    this.language = 'python';
    this.readonly = false;
    this.invalid = false;
    this.errorMessage = '';
    this.findings = null;
  }

  render() {
    return html`
      <span class="label" part="label" id="label" ?hidden=${!this.label} @click=${() => this.focus()}>${this.label}</span>
      <div class="editor"></div>
      <span class="error" id="error" role="alert" ?hidden=${!this.invalid || !this.errorMessage}>${this.errorMessage}</span>
      <span class="hint" id="hint" ?hidden=${!this.hint}>${this.hint}</span>
    `;
  }

  firstUpdated() {
    this.start();
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.hasUpdated) {
      this.start();
    }
  }

  disconnectedCallback() {
    this.tell();
    this.view?.destroy();
    this.view = null;
    super.disconnectedCallback();
  }

  updated(changed: Map<string, unknown>) {
    if (!this.view) {
      return;
    }
    if (changed.has('value') && (this.value ?? '') !== this.view.state.doc.toString()) {
      this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: this.value ?? '' } });
      window.clearTimeout(this.told);
    }
    if (changed.has('language')) {
      this.view.dispatch({ effects: this.speech.reconfigure(this.words()) });
    }
    if (changed.has('readonly')) {
      this.view.dispatch({ effects: this.editing.reconfigure(this.lock()) });
    }
    if (['label', 'hint', 'invalid', 'errorMessage'].some((name) => changed.has(name))) {
      this.view.dispatch({ effects: this.named.reconfigure(this.naming()) });
    }
    if (changed.has('findings') || changed.has('value')) {
      this.mark();
    }
  }

  focus() {
    this.view?.focus();
  }

  /** Brings a line into sight and puts the cursor there. */
  goToLine(line: number) {
    if (this.view && line >= 1 && line <= this.view.state.doc.lines) {
      const from = this.view.state.doc.line(line).from;
      this.view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      this.view.focus();
    }
  }

  private start() {
    const parent = this.renderRoot.querySelector<HTMLElement>('.editor');
    if (!parent || this.view) {
      return;
    }
    this.view = new EditorView({
      parent,
      root: this.renderRoot as ShadowRoot,
      state: EditorState.create({
        doc: this.value ?? '',
        extensions: [
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          highlightActiveLine(),
          highlightActiveLineGutter(),
          indentUnit.of('    '),
          syntaxHighlighting(colours),
          keymap.of([
            { key: 'Mod-Enter', run: () => this.submit() },
            // of lintKeymap without its panel: all findings are a list of the page, in the reader's language
            { key: 'F8', run: nextDiagnostic },
            { key: 'Shift-F8', run: previousDiagnostic },
            ...defaultKeymap,
            ...historyKeymap,
            indentWithTab
          ]),
          this.speech.of(this.words()),
          this.editing.of(this.lock()),
          this.named.of(this.naming()),
          look,
          EditorView.updateListener.of((update) => {
            if (update.docChanged) {
              window.clearTimeout(this.told);
              this.told = window.setTimeout(() => this.tell(), 250);
            }
          }),
          EditorView.domEventHandlers({
            blur: () => {
              this.tell();
            }
          })
        ]
      })
    });
    this.mark();
  }

  private words() {
    return this.language === 'shell' ? StreamLanguage.define(shell) : python();
  }

  private lock() {
    return [EditorState.readOnly.of(this.readonly), EditorView.editable.of(!this.readonly)];
  }

  private naming() {
    const attributes: Record<string, string> = { 'aria-label': this.label };
    if (this.readonly) {
      attributes.tabindex = '0';
    }
    if (this.invalid) {
      attributes['aria-invalid'] = 'true';
      attributes['aria-describedby'] = 'error';
    } else if (this.hint) {
      attributes['aria-describedby'] = 'hint';
    }
    return EditorView.contentAttributes.of(attributes);
  }

  private mark() {
    const view = this.view;
    if (!view) {
      return;
    }
    const marks: Diagnostic[] = (this.findings ?? [])
      .filter((finding) => finding.line >= 1 && finding.line <= view.state.doc.lines)
      .map((finding) => {
        const line = view.state.doc.line(finding.line);
        return {
          from: Math.min(line.from + Math.max(0, finding.column), line.to),
          to: line.to,
          severity: finding.severity === 'high' ? 'error' : finding.severity === 'medium' ? 'warning' : 'info',
          message: finding.message
        };
      });
    view.dispatch(setDiagnostics(view.state, marks));
  }

  /** Tells the server what stands in the field. */
  private tell() {
    window.clearTimeout(this.told);
    const now = this.view?.state.doc.toString() ?? '';
    if (now !== this.value) {
      this.value = now;
      this.dispatchEvent(new CustomEvent('value-changed', { detail: { value: now } }));
    }
  }

  private submit(): boolean {
    this.tell();
    this.dispatchEvent(new CustomEvent('code-submit'));
    return true;
  }
}

customElements.define('artemis-code', ArtemisCode);
