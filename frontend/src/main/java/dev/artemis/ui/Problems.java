package dev.artemis.ui;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.i18n.I18NProvider;
import dev.artemis.shared.Problem;
import dev.artemis.ui.parts.Notices;
import java.util.Map;
import java.util.MissingResourceException;

/** Says a refusal in the reader's language, at the field it is about. */
public final class Problems {

    private Problems() {}

    /** What happened, in a sentence. */
    public static String text(Problem problem) {
        try {
            return I18NProvider.translate("problem." + problem.code());
        } catch (MissingResourceException untranslated) {
            return problem.detail();
        }
    }

    /**
     * Runs an action; a refusal is shown at the fields that it names, by the API's names of fields, and else as a notice.
     *
     * @return whether it went through
     */
    public static boolean attempt(Map<String, ? extends HasValidation> fields, Runnable action) {
        fields.values().forEach(field -> field.setInvalid(false));
        try {
            action.run();
            return true;
        } catch (Problem problem) {
            show(problem, fields);
            return false;
        }
    }

    /** The same where no field can be wrong. */
    public static boolean attempt(Runnable action) {
        return attempt(Map.of(), action);
    }

    private static void show(Problem problem, Map<String, ? extends HasValidation> fields) {
        boolean shown = false;
        if (problem.code().equals("slug-taken") && fields.get("slug") != null) {
            fault(fields.get("slug"), text(problem));
            return;
        }
        for (Problem.FieldFault fault : problem.errors()) {
            HasValidation field = fields.get(fault.field());
            if (field != null) {
                fault(field, Rules.say(fault.message()));
                shown = true;
            } else if (UI.getCurrent() != null) {
                Notices.failed(fault.field() + ": " + Rules.say(fault.message()));
                shown = true;
            }
        }
        if (!shown) {
            Notices.failed(text(problem));
        }
    }

    /** Marks a field as wrong and says why. */
    public static void fault(HasValidation field, String why) {
        field.setErrorMessage(why);
        field.setInvalid(true);
    }
}
