package dev.artemis.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.artemis.shared.Usd;
import dev.artemis.ui.format.Format;

/** Names and their values. */
public final class Facts extends DescriptionList {

    private static final long serialVersionUID = 1;

    public Facts() {
        this("artemis-facts");
    }

    private Facts(String look) {
        addClassName(look);
    }

    /** Facts in one line, name beside value. */
    public static Facts inLine() {
        return new Facts("artemis-figures");
    }

    public Facts fact(String name, String value) {
        if (value.chars().anyMatch(Character::isLetter)) {
            return fact(name, new Text(value));
        }
        // figures that break within are read as others
        var figures = new Span(value);
        figures.addClassName("artemis-exact");
        return fact(name, figures);
    }

    /** An amount as it is read; to the last digit for whoever points at it. */
    public Facts amount(String name, Usd amount, Format format) {
        var figures = new Span(format.money(amount));
        figures.addClassName("artemis-exact");
        figures.setTitle(format.exact(amount));
        return fact(name, figures);
    }

    public Facts fact(String name, Component value) {
        add(new Div(new Term(name), new Description(value)));
        return this;
    }
}
