package dev.artemis.runs.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.projects.Project;
import dev.artemis.projects.ProjectChange;
import dev.artemis.projects.Projects;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ScansControllerTest {

    private final MockMvcTester mvc;
    private final Tenants tenants;
    private final Projects projects;
    private TenantId tenant = TenantId.random();
    private ProjectId id = ProjectId.random();
    private String project = "";

    ScansControllerTest(MockMvcTester mvc, Tenants tenants, Projects projects) {
        this.mvc = mvc;
        this.tenants = tenants;
        this.projects = projects;
    }

    @BeforeEach
    void aProject() {
        String slug = "t" + UUID.randomUUID().toString().substring(0, 8);
        Tenant tenant = tenants.create(new Slug(slug), "Team", ZoneId.of("UTC"));
        this.tenant = tenant.id();
        id = projects.create(tenant.id(), new Slug("shop"), "Shop").id();
        project = slug + "/shop";
    }

    @Test
    void saysVerdictAndFindings() {
        MvcTestResult result = scan("{\"language\": \"python\", \"code\": \"import os\\nos.system('id')\"}");

        assertThat(result).hasStatus(200);
        assertThat(result).bodyJson().extractingPath("$.verdict").isEqualTo("blocked");
        assertThat(result).bodyJson().extractingPath("$.findings[0].rule").isEqualTo("py-shell");
        assertThat(result).bodyJson().extractingPath("$.findings[0].severity").isEqualTo("high");
        assertThat(result).bodyJson().extractingPath("$.findings[0].line").isEqualTo(2);
        assertThat(result).bodyJson().extractingPath("$.findings[0].column").isEqualTo(1);
    }

    @Test
    void judgesByTheProjectsPolicy() {
        String shell = "{\"language\": \"python\", \"code\": \"import os\\nos.system('id')\"}";
        String delete = "{\"language\": \"python\", \"code\": \"import shutil\\nshutil.rmtree('x')\"}";
        assertThat(scan(delete)).bodyJson().extractingPath("$.verdict").isEqualTo("clean");

        policy(List.of("medium", "high"), List.of("py-shell"));

        assertThat(scan(delete)).bodyJson().extractingPath("$.verdict").isEqualTo("blocked");
        assertThat(scan(shell)).bodyJson().extractingPath("$.verdict").isEqualTo("clean");
    }

    @Test
    void saysWhyAndWhereCodeIsNotItsLanguageWhateverBlocks() {
        for (List<String> block : List.of(List.of("high"), List.<String>of())) {
            policy(block, List.of());

            MvcTestResult result = scan("{\"language\": \"python\", \"code\": \"x = 1\\ndef f(:\"}");

            assertThat(result).hasStatus(200);
            assertThat(result).bodyJson().extractingPath("$.verdict").isEqualTo("unparsable");
            assertThat(result).bodyJson().extractingPath("$.findings.length()").isEqualTo(1);
            assertThat(result).bodyJson().extractingPath("$.findings[0].rule").isEqualTo("code-unparsable");
            assertThat(result)
                    .bodyJson()
                    .extractingPath("$.findings[0].severity")
                    .isEqualTo("high");
            assertThat(result).bodyJson().extractingPath("$.findings[0].line").isEqualTo(2);
            assertThat(result)
                    .bodyJson()
                    .extractingPath("$.findings[0].message")
                    .isEqualTo("Is not Python: a bracket is not closed.");
        }
    }

    @Test
    void everyFindingHasAMessageALinkAndAConfidence() {
        MvcTestResult result = scan("{\"language\": \"python\", \"code\": \"eval(input())\"}");

        assertThat(result)
                .bodyJson()
                .extractingPath("$.findings[0].message")
                .isEqualTo("Runs text as code (Bandit B307, CWE-95).");
        assertThat(result)
                .bodyJson()
                .extractingPath("$.findings[0].link")
                .isEqualTo("https://bandit.readthedocs.io/en/latest/blacklists/blacklist_calls.html#b307-eval");
        assertThat(result).bodyJson().extractingPath("$.findings[0].confidence").isEqualTo("high");
    }

    @Test
    void saysHowManyFindingsAreLeftOut() {
        String code = "eval(1)\\n".repeat(1_234);

        MvcTestResult result = scan("{\"language\": \"python\", \"code\": \"" + code + "\"}");

        assertThat(result).bodyJson().extractingPath("$.findings.length()").isEqualTo(1_000);
        assertThat(result).bodyJson().extractingPath("$.left_out").isEqualTo(234);
        assertThat(scan("{\"language\": \"python\", \"code\": \"x = 1\"}"))
                .bodyJson()
                .extractingPath("$.left_out")
                .isEqualTo(0);
    }

    @Test
    void refusesCodeThatNoRunMayHave() {
        String code = "x = 1\\n".repeat(SandboxSpec.MAX_CODE_BYTES / 6 + 1);

        assertNamed(scan("{\"language\": \"python\", \"code\": \"" + code + "\"}"), "code");
    }

    @Test
    void refusesAnUnknownLanguageAndWhatIsMissing() {
        assertNamed(scan("{\"language\": \"cobol\", \"code\": \"x\"}"), "language");
        assertNamed(scan("{\"code\": \"x\"}"), "language");
        assertNamed(scan("{\"language\": \"python\"}"), "code");
        assertThat(scan("{\"language\": \"python\", \"code\": 1}")).hasStatus(400);
        assertThat(scan("{\"language\": \"python\", \"code\": \"x\", \"more\": 1}"))
                .hasStatus(400);
        assertThat(mvc.post()
                        .uri("/api/v1/scans")
                        .contentType("application/json")
                        .content("{}"))
                .hasStatus(401);
    }

    private static void assertNamed(MvcTestResult refused, String field) {
        assertThat(refused).hasStatus(422);
        assertThat(refused).bodyJson().extractingPath("$.errors.length()").isEqualTo(1);
        assertThat(refused).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
    }

    private void policy(List<String> block, List<String> allow) {
        var change = new ProjectChange(null, null, new Project.ScanPolicy(block, allow), null, null, null);
        projects.change(tenant, id, change);
    }

    private MvcTestResult scan(String body) {
        return mvc.post()
                .uri("/api/v1/scans")
                .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                .header("Artemis-Project", project)
                .contentType("application/json")
                .content(body)
                .exchange();
    }
}
