package dev.artemis.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;

/**
 * The page around all pages: theme, push, the colour scheme that this browser chose, set before the first paint, and what lets Vaadin
 * work under our {@link ContentPolicy}.
 */
@Push
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("styles.css")
@Viewport("width=device-width, initial-scale=1")
class Shell implements AppShellConfigurator {

    private static final long serialVersionUID = 1;

    private static final String SCHEME_BEFORE_FIRST_PAINT = """
        try {
          const chosen = localStorage.getItem('artemis.scheme');
          if (chosen === 'light' || chosen === 'dark') {
            document.documentElement.style.colorScheme = chosen;
          }
        } catch (refused) {
          // a browser without storage follows the system's scheme
        }
        """;

    @Override
    public void configurePage(AppShellSettings settings) {
        settings.setPageTitle("Artemis");
        settings.addInlineWithContents(Inline.Position.PREPEND, SCHEME_BEFORE_FIRST_PAINT, Inline.Wrapping.JAVASCRIPT);
        settings.addInlineWithContents(
                Inline.Position.PREPEND, ContentPolicy.FUNCTIONS_WITH_THE_NUMBER, Inline.Wrapping.JAVASCRIPT);
        settings.addFavIcon("icon", "icons/artemis.svg", "any");
    }
}
