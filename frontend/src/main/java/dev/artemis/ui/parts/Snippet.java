package dev.artemis.ui.parts;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.i18n.I18NProvider;

/** Text to take away: shown as it is, with a button that copies it. */
public final class Snippet extends Div {

    private static final long serialVersionUID = 1;

    /** Copies also where the browser offers no clipboard because the page came over plain HTTP. */
    private static final String COPY = """
        const text = $0, done = $1, button = this;
        const old = () => {
          const area = document.createElement('textarea');
          area.value = text;
          area.style.position = 'fixed';
          document.body.append(area);
          area.select();
          document.execCommand('copy');
          area.remove();
          button.focus();
        };
        const copied = navigator.clipboard ? navigator.clipboard.writeText(text).catch(old) : Promise.resolve(old());
        copied.then(() => {
          const name = button.getAttribute('aria-label');
          button.setAttribute('aria-label', done);
          button.setAttribute('theme', 'tertiary success');
          setTimeout(() => { button.setAttribute('aria-label', name); button.setAttribute('theme', 'tertiary'); }, 1500);
        });
        """;

    public Snippet(String text) {
        addClassName("artemis-snippet");
        var pre = new Pre(text);
        pre.getElement().setAttribute("tabindex", "0");
        var copy = new Button(VaadinIcon.COPY_O.create());
        copy.setAriaLabel(I18NProvider.translate("copy"));
        copy.setTooltipText(I18NProvider.translate("copy"));
        copy.addThemeVariants(ButtonVariant.TERTIARY);
        copy.addClickListener(click -> copy.getElement().executeJs(COPY, text, I18NProvider.translate("copied")));
        add(pre, copy);
    }
}
