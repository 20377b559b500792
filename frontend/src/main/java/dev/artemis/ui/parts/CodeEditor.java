package dev.artemis.ui.parts;

import com.vaadin.flow.component.AbstractSinglePropertyField;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.util.List;

/** A field for code by CodeMirror 6: Tab indents, Escape then Tab leaves it, Ctrl or Cmd with Enter submits. */
@Tag("artemis-code")
@JsModule("./artemis-code.ts")
@NpmPackage(value = "@codemirror/commands", version = "6.11.1")
@NpmPackage(value = "@codemirror/lang-python", version = "6.2.1")
@NpmPackage(value = "@codemirror/language", version = "6.13.1")
@NpmPackage(value = "@codemirror/legacy-modes", version = "6.5.5")
@NpmPackage(value = "@codemirror/lint", version = "6.9.8")
@NpmPackage(value = "@codemirror/state", version = "6.7.6")
@NpmPackage(value = "@codemirror/view", version = "6.43.15")
@NpmPackage(value = "@lezer/highlight", version = "1.2.5")
public final class CodeEditor extends AbstractSinglePropertyField<CodeEditor, String>
        implements HasSize, HasStyle, HasValidation {

    private static final long serialVersionUID = 1;

    /**
     * A mark beside the code.
     *
     * @param line from 1
     * @param column from 0
     * @param severity "high", "medium" or "low"
     */
    public record Mark(int line, int column, String severity, String message) {}

    public CodeEditor(String label) {
        super("value", "", false);
        getElement().setProperty("label", label);
    }

    /** The label is only read out: what stands around the field says it already. */
    public void hideLabel() {
        addClassName("artemis-code-unlabelled");
    }

    /** What stands below the field. */
    public void setHint(String hint) {
        getElement().setProperty("hint", hint);
    }

    /** "python" or "shell". */
    public void setLanguage(String language) {
        getElement().setProperty("language", language);
    }

    /** Says what is wrong with what was typed; an empty message says that nothing is. */
    public void setError(String message) {
        setErrorMessage(message);
        setInvalid(!message.isEmpty());
    }

    @Override
    public void setErrorMessage(String message) {
        getElement().setProperty("errorMessage", message);
    }

    @Override
    public String getErrorMessage() {
        return getElement().getProperty("errorMessage", "");
    }

    @Override
    public void setInvalid(boolean invalid) {
        getElement().setProperty("invalid", invalid);
    }

    @Override
    public boolean isInvalid() {
        return getElement().getProperty("invalid", false);
    }

    /** Marks lines, in place of the marks before. */
    public void mark(List<Mark> marks) {
        getElement().setPropertyList("findings", marks);
    }

    /** Brings a line into sight and puts the cursor there. */
    public void goToLine(int line) {
        getElement().callJsFunction("goToLine", line);
    }

    /** Calls when Ctrl or Cmd with Enter was pressed. */
    public void onSubmit(Runnable action) {
        getElement().addEventListener("code-submit", event -> action.run());
    }
}
