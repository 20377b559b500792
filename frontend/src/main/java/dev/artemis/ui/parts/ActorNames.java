package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import java.util.List;

/** What people read who did something: e-mail addresses as they are, and in place of what is written of nobody, words. */
public final class ActorNames {

    /** As they are written down, whatever language anybody reads; their words are under {@code actor.} with hyphens for spaces. */
    private static final List<String> NOBODY = List.of(
            "deletion after grace", "demo", "first start", "platform", "schedule", "single sign-on", "somebody");

    private static final String ADMIN_KEY = "admin key ";
    private static final int END_OF_AN_ID = 6;

    private ActorNames() {}

    /** Words for what is written down. */
    public static String said(String actor) {
        if (NOBODY.contains(actor)) {
            return translate("actor." + actor.replace(' ', '-'));
        }
        return actor.startsWith(ADMIN_KEY)
                ? translate(
                        "actor.admin-key", actor.substring(Math.max(ADMIN_KEY.length(), actor.length() - END_OF_AN_ID)))
                : actor;
    }

    /** What is written down of whom somebody looks for by these words. */
    public static String written(String said) {
        return NOBODY.stream()
                .filter(actor -> said(actor).equalsIgnoreCase(said.strip()))
                .findFirst()
                .orElse(said);
    }
}
