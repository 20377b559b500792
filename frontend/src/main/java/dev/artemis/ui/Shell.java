package dev.artemis.ui;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.Inline;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.AppShellSettings;
import com.vaadin.flow.theme.aura.Aura;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The page around all pages: theme, push, the colour scheme that this browser chose, set before the first paint, what lets Vaadin
 * work under our {@link ContentPolicy}, what loads a page anew of which a part did not come, and what keeps the focus where it was when a page
 * brings itself up to date.
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
        settings.addInlineWithContents(Inline.Position.PREPEND, script("load-whole.js"), Inline.Wrapping.JAVASCRIPT);
        settings.addInlineWithContents(Inline.Position.APPEND, script("keep-focus.js"), Inline.Wrapping.JAVASCRIPT);
        settings.addFavIcon("icon", "icons/artemis.svg", "any");
    }

    private static String script(String name) {
        try (InputStream file = Objects.requireNonNull(Shell.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
