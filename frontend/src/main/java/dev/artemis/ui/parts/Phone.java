package dev.artemis.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.data.renderer.Renderer;
import java.util.List;

/** What is laid out otherwise on a phone. Its width is asked when something is shown. */
public final class Phone {

    private static final int MOST_PIXELS = 480;

    private Phone() {}

    /** Whether the window is as narrow as a phone. */
    public static boolean isNarrow() {
        int width = UI.getCurrent().getPage().getExtendedClientDetails().getWindowInnerWidth();
        return width > 0 && width <= MOST_PIXELS;
    }

    /** Shows each row of a table as a card there, one line a column: what stands beside the window is seen by nobody. */
    public static <T> void stack(Grid<T> grid) {
        grid.addAttachListener(attached -> {
            attached.unregisterListener();
            if (isNarrow()) {
                cards(grid);
            }
        });
    }

    private static <T> void cards(Grid<T> grid) {
        List<Grid.Column<T>> columns = List.copyOf(grid.getColumns());
        columns.forEach(column -> column.setVisible(false));
        grid.addColumn(new ComponentRenderer<>(row -> card(columns, row)))
                .setHeader(columns.getFirst().getHeaderText());
    }

    private static <T> Component card(List<Grid.Column<T>> columns, T row) {
        var card = new Div();
        card.addClassName("artemis-card");
        for (Grid.Column<T> column : columns) {
            var value = new Div(content(column.getRenderer(), row));
            if (column == columns.getFirst()) {
                value.addClassName("artemis-card-title");
                card.add(value);
            } else {
                card.add(new Div(new Span(column.getHeaderText()), value));
            }
        }
        return card;
    }

    private static <T> Component content(Renderer<T> renderer, T row) {
        return renderer instanceof ComponentRenderer<?, T> components
                ? components.createComponent(row)
                : new Span(renderer.getValueProviders().values().stream()
                        .findFirst()
                        .map(provider -> String.valueOf(provider.apply(row)))
                        .orElse(""));
    }
}
