package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import dev.artemis.access.PassOnLinks;

/** A link for somebody else, shown to whoever passes it on, as this browser reaches us. */
public final class LinkDialog {

    private LinkDialog() {}

    /** Says that it was mailed to them, or shows it. */
    public static void show(String whom, PassOnLinks.Passed passed) {
        switch (passed) {
            case PassOnLinks.Passed.ByMail mailed -> Notices.done(translate("link.mailed", whom));
            case PassOnLinks.Passed.NotNeeded none -> {}
            case PassOnLinks.Passed.ByAnAdministrator none -> Notices.done(translate("link.by-administrator", whom));
            case PassOnLinks.Passed.ByHand byHand ->
                UI.getCurrent()
                        .getPage()
                        .fetchCurrentURL(url -> open(
                                whom,
                                url.getProtocol() + "://" + url.getAuthority() + "/"
                                        + byHand.link().path()));
        }
    }

    private static void open(String whom, String link) {
        var dialog = new Dialog(translate("link.title", whom));
        dialog.setCloseOnOutsideClick(false);
        var content = new Div(
                new Note(Tone.WARN, translate("link.once")), new Snippet(link), new Paragraph(translate("link.how")));
        content.addClassName("artemis-form");
        content.getStyle().set("inline-size", "min(40rem, 84vw)");
        dialog.add(content);
        var done = new Button(translate("link.passed-on"), click -> dialog.close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(done);
        dialog.open();
    }
}
