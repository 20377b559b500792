package dev.artemis.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.shared.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReadBillTest {

    private static final LocalDate DAY = LocalDate.of(2026, 10, 5);
    private static final ColumnMapping MAPPED = new ColumnMapping("when", "what", "how much", null);

    @Test
    void refusesALineThatDoesNotSayWhatWasBilled() {
        assertThatThrownBy(() -> read("when,what,how much\n2026-10-05,gpt-4o,1\n2026-10-06,gpt-4o,\n", MAPPED))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors().getFirst().message())
                                .startsWith("line 3, how much: an amount"));
    }

    @Test
    void refusesMoreTokensThanCanBeCounted() {
        String most = "999999999999999";
        String line = "2026-10-05,claude," + String.join(",", List.of(most, most, most, most, most)) + "\n";
        String header = "usage_date_utc,model_version,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,"
                + "usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens\n";

        assertThat(read(header + line.repeat(1_800), null).lines()).hasSize(1_800);
        assertThatThrownBy(() -> read(header + line.repeat(1_900), null))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(422));
    }

    @Test
    void readsOpenAisExportOfCosts() {
        ReadBill.Bill bill = read("""
                start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,project_id
                1791158400,1791244800,2026-10-05T00:00:00+00:00,2026-10-06T00:00:00+00:00,0.8958740000000000,usd,"gpt-4o-2024-08-06, input",p
                1791158400,1791244800,2026-10-05T00:00:00+00:00,2026-10-06T00:00:00+00:00,7.5e-7,usd,"gpt-4o-2024-08-06, output",p
                1791244800,1791331200,2026-10-06T00:00:00+00:00,2026-10-07T00:00:00+00:00,,,,
                """, null);

        assertThat(bill.layout().name()).isEqualTo("openai-costs");
        assertThat(bill.lines())
                .containsExactly(
                        new BillLine(DAY, "gpt-4o-2024-08-06", new BigDecimal("0.8958740000000000"), null),
                        new BillLine(DAY, "gpt-4o-2024-08-06", new BigDecimal("7.5e-7"), null));
    }

    @Test
    void readsOpenAisExportOfUsage() {
        ReadBill.Bill bill = read("""
                start_time,start_time_iso,num_model_requests,model,batch,input_tokens,output_tokens,input_cached_tokens
                1791158400,2026-10-05T00:00:00+00:00,2,gpt-4o-mini,false,150,75,100
                """, null);

        assertThat(bill.layout().name()).isEqualTo("openai-usage");
        assertThat(bill.lines()).containsExactly(new BillLine(DAY, "gpt-4o-mini", null, 225L));
    }

    @Test
    void readsAnthropicsExportsOfCostsAndUsageBehindAByteOrderMark() {
        ReadBill.Bill costs = read("""
                \uFEFFusage_date_utc,model,workspace,api_key,usage_type,context_window,token_type,cost_usd,cost_type
                2026-10-05,Claude Haiku 4.5,Default,key,message,≤ 200k,output,0.02,token
                """, null);
        ReadBill.Bill usage = read("""
                usage_date_utc,model_version,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens
                2026-10-05 13:00,claude-haiku-4-5-20251001,1,2,3,4,
                """, null);

        assertThat(costs.lines()).containsExactly(new BillLine(DAY, "Claude Haiku 4.5", new BigDecimal("0.02"), null));
        assertThat(usage.lines()).containsExactly(new BillLine(DAY, "claude-haiku-4-5-20251001", null, 10L));
    }

    @Test
    void readsAnyFileWhoseColumnsAreNamed() {
        ReadBill.Bill bill = read("what,how much,when\nmistral/large,$1.50,2026-10-05T23:30:00-04:00\n", MAPPED);

        assertThat(bill.lines())
                .containsExactly(new BillLine(DAY.plusDays(1), "mistral/large", new BigDecimal("1.50"), null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-10-05",
                "2026-10-05 13:00",
                "2026-10-05 23:59:59",
                "2026-10-05T00:00",
                "2026-10-05T00:00:00.123",
                "2026-10-05 01:30:00+00:00",
                "2026-10-06T00:30:00+01:00",
                "1791158400"
            })
    void readsTheDayOfATimeInUtcWhereNothingElseIsSaid(String time) {
        ReadBill.Bill bill = read("what,how much,when\nx,1," + time + "\n", MAPPED);

        assertThat(bill.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.day()).isEqualTo(DAY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-01-01T00:00:00Z",
                "-9999-01-01T00:00:00Z",
                "-9999-01-01",
                "1969-12-31",
                "+10000-01-01T00:00:00Z",
                "99999999999999",
                "2026-10-05 25:00",
                "yesterday"
            })
    void refusesADayThatNobodyWasBilledFor(String time) {
        assertThatThrownBy(() -> read("what,how much,when\nx,1," + time + "\n", MAPPED))
                .isInstanceOf(Problem.class)
                .satisfies(problem -> assertThat(((Problem) problem).status()).isEqualTo(422));
    }

    @Test
    void readsAmountsWithAnExponent() {
        ReadBill.Bill bill = read("what,how much,when\nx,1.5E+2,2026-10-05\ny,-2e-3,2026-10-05\n", MAPPED);

        assertThat(bill.lines().getFirst().cost()).isEqualByComparingTo("150");
        assertThat(bill.lines().getLast().cost()).isEqualByComparingTo("-0.002");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o-2024-08-06, gpt-4o",
        "claude-3-5-sonnet-20241022, Claude Sonnet 3.5",
        "openai/gpt-4o, gpt-4o",
        "claude-3-5-haiku-latest, claude-3-5-haiku",
        "Claude Opus 4.1, claude-opus-4-1-20250805",
        "gpt-4-0613, gpt-4",
        "gpt-3.5-turbo-0125, gpt-3.5-turbo",
        "mistral-large-2411, mistral-large",
        "grok-4-0709, grok-4",
        "mistral-large-2402-v1:0, mistral-large"
    })
    void namesOfTheSameModelAreTheSame(String one, String other) {
        assertThat(ModelKey.of(one)).isEqualTo(ModelKey.of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "mistral-large-2411, mistral-small-2411",
        "qwen-7b-1106-chat, qwen-7b-chat",
        "gpt-4o, gpt-4o-mini",
        "claude-3-opus, claude-3-sonnet",
        "gpt-4, gpt-4-turbo",
        "gpt-4.1, gpt-4"
    })
    void namesOfOtherModelsAreNot(String one, String other) {
        assertThat(ModelKey.of(one)).isNotEqualTo(ModelKey.of(other));
    }

    /** All that the price list ships with: one key stands for one model and its dates. */
    @Test
    void noTwoModelsOfThePriceListHaveOneKey() throws IOException {
        JsonNode list;
        try (InputStream file = ReadBillTest.class.getResourceAsStream("/prices/shipped.json")) {
            list = new JsonMapper().readTree(file);
        }

        Map<ModelKey, Set<String>> byKey = list.propertyNames().stream()
                .collect(Collectors.groupingBy(
                        ModelKey::of, Collectors.mapping(ReadBillTest::undated, Collectors.toSet())));

        assertThat(byKey)
                .hasSizeGreaterThan(20)
                .allSatisfy((key, models) -> assertThat(models).as("%s", key).hasSize(1));
    }

    private static String undated(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1)
                .replaceAll("[-@](20\\d\\d-\\d\\d-\\d\\d|20\\d{6}|\\d{4}|latest)(-v\\d+(:\\d+)?)?$", "");
        return Arrays.stream(name.split("[-_. :]+")).sorted().toList().toString();
    }

    @Test
    void aLineOfMoreOrFewerFieldsThanTheHeaderIsRefused() {
        for (String line : List.of("2026-10-06,gpt-4o,1,234.56", "2026-10-06,gpt-4o", "2026-10-06")) {
            assertThatThrownBy(() -> read("when,what,how much\n2026-10-05,gpt-4o,1\n" + line + "\n", MAPPED))
                    .as(line)
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.errors().getFirst().message())
                                    .startsWith("line 3: 3 fields as in the header"));
        }
    }

    @Test
    void readsSemicolonsBetweenFieldsAndRefusesADecimalComma() {
        ReadBill.Bill bill = read("\uFEFFwhen;what;how much\n2026-10-05;\"a;b\";1234.56\n", MAPPED);

        assertThat(bill.lines()).containsExactly(new BillLine(DAY, "a;b", new BigDecimal("1234.56"), null));
        for (String amount : List.of("1,5", "1234,56", "1.234,56", "-0,5", "1,234.56", "$1,234")) {
            assertThatThrownBy(() -> read("when;what;how much\n2026-10-05;x;" + amount + "\n", MAPPED))
                    .as(amount)
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.errors().getFirst().message())
                                    .startsWith("line 2, how much: an amount with a point before its cents"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a,b\n1,2\n",
                "what,how much\nx,1\n",
                "what,how much,when\n",
                "what,how much,when\nx,1,someday\n",
                "what,how much,when\nx,one,2026-10-05\n",
                "what,how much,when\nx,1e99,2026-10-05\n",
                "what,how much,when\nx,\"1,2026-10-05\n"
            })
    void saysWhatIsWrongWithAFileThatCannotBeRead(String file) {
        assertThatThrownBy(() -> read(file, MAPPED)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(422);
            assertThat(problem.errors().getFirst().field()).isEqualTo("file");
        });
    }

    @Test
    void knowsWhichLineIsWrongAndInWhichCurrencyABillIs() {
        assertThatThrownBy(() -> read("what,how much,when\nx,1,2026-10-05\nx,1,soon\n", MAPPED))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors().getFirst().message())
                                .startsWith("line 3, when"));
        assertThatThrownBy(() -> read("""
                start_time_iso,amount_value,amount_currency,line_item
                2026-10-05T00:00:00+00:00,1,eur,x
                """, null)).isInstanceOf(Problem.class);
    }

    private static ReadBill.Bill read(String file, @Nullable ColumnMapping mapping) {
        return ReadBill.of(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), mapping);
    }
}
