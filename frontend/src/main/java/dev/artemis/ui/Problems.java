package dev.artemis.ui;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.i18n.I18NProvider;
import dev.artemis.shared.Problem;
import dev.artemis.ui.parts.Notices;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Set;
import java.util.stream.Collectors;

/** Says a refusal in the reader's language, at the field it is about. */
public final class Problems {

    /** Refusals that name no field, and the field that they are about. */
    private static final Map<String, String> ABOUT = Map.of(
            "slug-taken", "slug",
            "channel-exists", "target",
            "price-exists", "valid_from",
            "alias-taken", "aliases",
            "month-closed", "valid_from",
            "malformed-provider-key", "secret",
            "member-exists", "email",
            "unpriced-model", "model");

    /** Refusals of which the reason differs, and is what the reader must know to mend it. */
    private static final Set<String> WITH_REASON = Set.of("unpriced-model");

    private Problems() {}

    /** What happened, in a sentence. */
    public static String text(Problem problem) {
        try {
            String said = I18NProvider.translate("problem." + problem.code());
            return WITH_REASON.contains(problem.code()) ? said + " " + Phrases.say(problem.detail()) : said;
        } catch (MissingResourceException untranslated) {
            return Phrases.say(problem.detail());
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

    /** The same where all of it is about one field. */
    public static boolean attempt(HasValidation field, Runnable action) {
        field.setInvalid(false);
        try {
            action.run();
            return true;
        } catch (Problem problem) {
            String rules = problem.errors().stream()
                    .map(fault -> Rules.say(fault.message()))
                    .collect(Collectors.joining("; "));
            fault(field, rules.isEmpty() ? text(problem) : rules);
            return false;
        }
    }

    private static void show(Problem problem, Map<String, ? extends HasValidation> fields) {
        boolean shown = false;
        HasValidation about = fields.get(ABOUT.getOrDefault(problem.code(), ""));
        if (about != null) {
            fault(about, text(problem));
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
