package dev.artemis.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one server, started for the first that asks and stopped after the last: for journeys that neither stop it nor
 * configure it, and that keep to a team of their own.
 */
final class SharedInstance implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Instance.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedInstance.class))
                .computeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .instance();
    }

    /** JUnit closes it when all tests are done. */
    private record Running(TemporaryHome home, Instance instance) implements AutoCloseable {

        static Running start() {
            TemporaryHome home = TemporaryHome.create();
            return new Running(home, Instance.start(home.path()));
        }

        @Override
        public void close() {
            instance.close();
            home.close();
        }
    }
}
