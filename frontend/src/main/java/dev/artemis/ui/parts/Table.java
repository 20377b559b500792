package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.function.ValueProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Rows that are read, not selected. On a phone each is a card, one line a column: there, what stands beside the window is seen by nobody. */
public class Table<T> extends Grid<T> {

    private static final long serialVersionUID = 1;

    private final transient Map<Column<T>, ValueProvider<T, ?>> texts = new HashMap<>();
    private boolean laidOut;

    public Table() {
        setSelectionMode(SelectionMode.NONE);
        // what is cut off at a column's end is seen by nobody either
        addThemeVariants(GridVariant.WRAP_CELL_CONTENT);
    }

    @Override
    public Column<T> addColumn(ValueProvider<T, ?> text) {
        Column<T> column = super.addColumn(text);
        texts.put(column, text);
        return column;
    }

    @Override
    protected void onAttach(AttachEvent attached) {
        super.onAttach(attached);
        if (!laidOut && Phone.isNarrow()) {
            cards();
        }
        laidOut = true;
    }

    private void cards() {
        List<Column<T>> columns = List.copyOf(getColumns());
        columns.forEach(column -> column.setVisible(false));
        Column<T> cards = addColumn(new ComponentRenderer<>(row -> card(columns, row)));
        List<Column<T>> sortable = columns.stream().filter(Column::isSortable).toList();
        if (sortable.isEmpty()) {
            cards.setHeader(columns.getFirst().getHeaderText());
        } else {
            cards.setHeader(sorting(sortable));
        }
    }

    /** In place of the titles that one sorts by, which are nowhere on a card. */
    private Component sorting(List<Column<T>> columns) {
        var orders = new Select<GridSortOrder<T>>();
        orders.setAriaLabel(translate("table.sort"));
        orders.setPlaceholder(translate("table.sort"));
        orders.setItems(columns.stream()
                .flatMap(column -> Stream.of(SortDirection.values()).map(way -> new GridSortOrder<>(column, way)))
                .toList());
        orders.setItemLabelGenerator(order -> translate(
                order.getDirection() == SortDirection.ASCENDING ? "table.sort-up" : "table.sort-down",
                order.getSorted().getHeaderText()));
        orders.addValueChangeListener(change -> sort(List.of(change.getValue())));
        orders.setWidthFull();
        return orders;
    }

    private Component card(List<Column<T>> columns, T row) {
        var card = new Div();
        card.addClassName("artemis-card");
        for (Column<T> column : columns) {
            var value = new Div(content(column, row));
            if (column.getTextAlign() == ColumnTextAlign.END) {
                value.addClassName("artemis-exact");
            }
            if (column.equals(columns.getFirst())) {
                value.addClassName("artemis-card-title");
                card.add(value);
            } else {
                card.add(new Div(new Span(column.getHeaderText()), value));
            }
        }
        return card;
    }

    private Component content(Column<T> column, T row) {
        ValueProvider<T, ?> text = texts.get(column);
        if (text != null) {
            return new Span(Objects.toString(text.apply(row), ""));
        }
        if (column.getRenderer() instanceof ComponentRenderer<?, T> components) {
            return components.createComponent(row);
        }
        throw new IllegalStateException("a column that is neither text nor a component: " + column.getHeaderText());
    }
}
