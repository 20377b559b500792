package dev.artemis.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each class of tests a browser of its own, launched for the first that asks and closed after the last. */
final class OwnChromium implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Chromium.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return ofClass(context)
                .getStore(ExtensionContext.Namespace.create(OwnChromium.class))
                .computeIfAbsent(Chromium.class, key -> Chromium.launch(), Chromium.class);
    }

    /** What is kept there is closed when the class is done. */
    private static ExtensionContext ofClass(ExtensionContext context) {
        return context.getTestMethod().isPresent() ? context.getParent().orElseThrow() : context;
    }
}
