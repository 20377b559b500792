package dev.artemis.persistence;

import com.zaxxer.hikari.HikariDataSource;
import dev.artemis.db.Database;
import dev.artemis.db.EmbeddedPostgresql;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.hibernate.cfg.MultiTenancySettings;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** Which PostgreSQL: the one that is named, else our own in the home folder. Its schema is brought up to date first. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class PersistenceConfiguration {

    static final Duration GIVEN_BACK_AFTER = Duration.ofMinutes(1);

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(Database.class)
    static class WhichDatabase {

        /** Stopped after everything that uses it, since all of that depends on this bean. */
        @Bean(destroyMethod = "close")
        @ConditionalOnProperty(name = "artemis.database.url", havingValue = "embedded", matchIfMissing = true)
        EmbeddedPostgresql embeddedPostgresql(DatabaseSettings settings) {
            return EmbeddedPostgresql.start(settings.home());
        }

        @Bean
        @ConditionalOnProperty(name = "artemis.database.url", havingValue = "embedded", matchIfMissing = true)
        Database embeddedDatabase(EmbeddedPostgresql server) {
            return migrated(server.database());
        }

        @Bean
        @ConditionalOnMissingBean(Database.class)
        Database namedDatabase(DatabaseSettings settings) {
            Database database = DatabaseAddress.parse(settings.url()).database();
            if (settings.migrate()) {
                return migrated(database);
            }
            database.awaitMigrated();
            return database;
        }

        private static Database migrated(Database database) {
            database.migrate();
            return database;
        }
    }

    /** What a burst needed is given back soon after it: all instances share what the server has. */
    @Bean
    HikariDataSource dataSource(Database database, DatabaseSettings settings) {
        var pool = new HikariDataSource();
        pool.setPoolName("artemis");
        pool.setJdbcUrl(database.app().url());
        pool.setUsername(database.app().username());
        pool.setPassword(database.app().password());
        pool.setMaximumPoolSize(settings.poolSize());
        pool.setMinimumIdle(DatabaseSettings.KEPT);
        pool.setIdleTimeout(GIVEN_BACK_AFTER.toMillis());
        pool.setConnectionInitSql("set search_path = artemis, pg_temp");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        pool.addDataSourceProperty("ApplicationName", "artemis");
        return pool;
    }

    @Bean
    PlatformTransactionManager transactionManager(
            EntityManagerFactory entityManagers, DataSource dataSource, ActingTenant acting) {
        return new TenantTransactionManager(entityManagers, dataSource, acting);
    }

    @Bean
    HibernatePropertiesCustomizer tenantOfEveryQuery(ActingTenant acting) {
        return properties -> properties.put(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, acting);
    }

    /** Ticks in microseconds, as PostgreSQL's timestamps do: what was written is what is read. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    }
}
