package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.TestTeam;
import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.json.JsonMapper;

/** Whatever people call their stages, a statement says it. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class StatementLettersTest {

    private final MockMvcTester mvc;
    private final JsonMapper json;

    StatementLettersTest(MockMvcTester mvc, JsonMapper json) {
        this.mvc = mvc;
        this.json = json;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Übergrößen",
                "Łódź, Þór, İstanbul",
                "Καλημέρα",
                "Разработка",
                "Հայաստան",
                "საქართველო",
                "計画とレビュー",
                "测试阶段",
                "개발단계",
                "≤ 100 € → done",
                "mixed 測試 and Größe"
            })
    void lettersOfAnyScriptAreThere(String stage) throws IOException {
        assertThat(statement(stage).text()).contains(stage);
    }

    @Test
    void whatNoFontHasIsWrittenAsItsNumber() throws IOException {
        assertThat(statement("receipt \uD83E\uDDFE").text()).contains("receipt [U+1F9FE]", "no letters for");
        assertThat(statement("\u0E27\u0E32\u0E07").text()).contains("[U+0E27][U+0E32][U+0E07]", "no letters for");
        assertThat(statement("\u092F\u094B\u091C\u0928\u093E").text()).contains("[U+092F]", "no letters for");
        assertThat(statement("review").text()).doesNotContain("no letters for");
    }

    @Test
    void lettersFromRightToLeftAreThere() throws IOException {
        assertThat(statement("שלב").text()).containsAnyOf("שלב", "בלש");
    }

    @Test
    void everyFontIsEmbedded() throws IOException {
        int fonts = 0;
        try (PDDocument document = Loader.loadPDF(file("審査 review"))) {
            for (PDPage page : document.getPages()) {
                PDResources resources = page.getResources();
                for (COSName name : resources.getFontNames()) {
                    assertThat(resources.getFont(name).isEmbedded())
                            .as("%s", name)
                            .isTrue();
                    fonts++;
                }
            }
        }
        assertThat(fonts).isGreaterThanOrEqualTo(2);
    }

    private StatementText statement(String stage) throws IOException {
        return StatementText.of(file(stage));
    }

    private byte[] file(String stage) {
        TestTeam team = TestTeam.fresh(mvc, json);
        assertThat(team.post("/calls", """
                {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "%s"}""".formatted(stage))).hasStatus(201);
        var answer = team.get("/reports/costs?format=pdf");
        assertThat(answer).hasStatus(200);
        return answer.getResponse().getContentAsByteArray();
    }
}
