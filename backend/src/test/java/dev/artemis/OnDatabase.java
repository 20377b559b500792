package dev.artemis;

import dev.artemis.db.Database;
import dev.artemis.db.TestDatabase;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** A test of modules together on a real PostgreSQL, without a web server. The context is shared by all such tests. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "artemis.admin.key=" + OnDatabase.ADMIN_KEY,
            "artemis.admin.password=" + OnDatabase.ADMIN_PASSWORD,
            "artemis.secrets.master-key=" + OnDatabase.MASTER_KEY,
            // a provider in these tests is a server on this machine
            "artemis.providers.allow-private-addresses=true",
            // tests come from one address, many at once
            "artemis.api.requests-per-second-by-address=100000",
            // takes no runs: what a test queues stays there
            "artemis.roles=api,ui"
        })
@AutoConfigureMockMvc
@Import(OnDatabase.FreshDatabase.class)
public @interface OnDatabase {

    /** May do everything: {@code Authorization: Bearer …}. */
    String ADMIN_KEY = "test-admin-key-0123456789abcdef0123456789abcdef";

    /** Of admin@localhost. */
    String ADMIN_PASSWORD = "test-admin-password";

    /** Seals what is sealed. */
    String MASTER_KEY = "dGVzdC1tYXN0ZXIta2V5LTAxMjM0NTY3ODlhYmNkZWY=";

    @TestConfiguration(proxyBeanMethods = false)
    class FreshDatabase {

        @Bean
        Database database() {
            Database database = TestDatabase.fresh();
            TestDatabase.stopsWhen(SpringApplication.getShutdownHandlers()::add);
            return database;
        }
    }
}
