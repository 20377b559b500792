package dev.artemis.e2e;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One server with the demo's three teams, for all tests that look at pages with something on them. They change nothing that
 * another looks for.
 *
 * @param home that the server works in
 * @param password of all people of the demo
 */
record Demo(Instance instance, Path home, String password) {

    private static final Pattern PASSWORD = Pattern.compile("all with the password (\\S+)");

    /** Starts it for the first test that asks, and stops it after the last. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Demo.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return of(context);
        }

        static Demo of(ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(Demo.class))
                    .computeIfAbsent(Running.class, key -> Running.start(), Running.class)
                    .demo();
        }
    }

    /** JUnit closes it when all tests are done. */
    private record Running(TemporaryHome home, Demo demo) implements AutoCloseable {

        static Running start() {
            TemporaryHome home = TemporaryHome.create();
            Instance instance = Instance.startDemo(home.path());
            return new Running(home, new Demo(instance, home.path(), instance.printed(PASSWORD)));
        }

        @Override
        public void close() {
            demo.instance().close();
            home.close();
        }
    }
}
