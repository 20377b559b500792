package dev.artemis;

import dev.artemis.db.Database;
import dev.artemis.db.TestDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A test of modules together on a real PostgreSQL, without a web server. The context is shared by all such tests. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.MOCK)
@Import(OnDatabase.FreshDatabase.class)
public @interface OnDatabase {

    @TestConfiguration(proxyBeanMethods = false)
    class FreshDatabase {

        @Bean
        Database database() {
            return TestDatabase.fresh();
        }
    }
}
