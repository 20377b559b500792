package dev.artemis.runs.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.artemis.OnDatabase;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunsFixture;
import dev.artemis.scanning.Finding;
import dev.artemis.scanning.Part;
import dev.artemis.scanning.ScanReport;
import dev.artemis.scanning.ScanRules;
import dev.artemis.scanning.Scanner;
import dev.artemis.tenants.Tenants;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A scan takes time and may wait for a place: no connection waits with it. */
@OnDatabase
@Import(ScanBeforeTransactionTest.Watched.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ScanBeforeTransactionTest {

    private static final String RUN = "{\"language\": \"python\", \"code\": \"print(1)\"}";

    private final MockMvc mvc;
    private final WatchedScanner scanner;
    private final String project;

    ScanBeforeTransactionTest(MockMvc mvc, WatchedScanner scanner, Tenants tenants, Projects projects) {
        this.mvc = mvc;
        this.scanner = scanner;
        scanner.insideTransaction.clear();
        var fixture = new RunsFixture(tenants, projects);
        this.project = fixture.slugOf(fixture.aDeveloper()) + "/code";
    }

    @Test
    void aRunWithAKeyIsScannedOutsideOfAnyTransactionAndARepeatNotAtAll() throws Exception {
        MockHttpServletResponse first = submit(RUN);
        MockHttpServletResponse repeat = submit(RUN);

        assertThat(first.getStatus()).isEqualTo(202);
        assertThat(repeat.getStatus()).isEqualTo(202);
        assertThat(repeat.getHeader("Idempotency-Replayed")).isEqualTo("true");
        assertThat(repeat.getHeader("Location")).isEqualTo(Objects.requireNonNull(first.getHeader("Location")));
        assertThat(repeat.getContentAsString()).isEqualTo(first.getContentAsString());
        assertThat(scanner.insideTransaction).containsExactly(false);
    }

    @Test
    void anotherBodyUnderTheKeyIsRefusedWithoutAScan() throws Exception {
        submit(RUN);

        assertThat(submit(RUN.replace("1", "2")).getStatus()).isEqualTo(422);

        assertThat(scanner.insideTransaction).hasSize(1);
    }

    private MockHttpServletResponse submit(String body) throws Exception {
        return mvc.perform(post("/api/v1/runs")
                        .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                        .header("Artemis-Project", project)
                        .header("Idempotency-Key", "once")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .andReturn()
                .getResponse();
    }

    /** The real scanner, which notes where it was called. */
    static final class WatchedScanner extends Scanner {

        private final List<Boolean> insideTransaction = new CopyOnWriteArrayList<>();

        @Override
        public ScanReport scan(List<Part> parts, List<Finding> around, ScanRules rules) {
            insideTransaction.add(TransactionSynchronizationManager.isActualTransactionActive());
            return super.scan(parts, around, rules);
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Watched {

        @Bean
        @Primary
        WatchedScanner watchedScanner() {
            return new WatchedScanner();
        }
    }
}
