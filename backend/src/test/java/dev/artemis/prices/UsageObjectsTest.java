package dev.artemis.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.artemis.shared.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class UsageObjectsTest {

    private static final JsonMapper json = JsonMapper.shared();

    @Test
    void openAiChatCountsCachedTokensWithinTheInput() {
        Usage usage = read("""
                {"prompt_tokens": 2006, "completion_tokens": 300, "total_tokens": 2306,
                 "prompt_tokens_details": {"cached_tokens": 1920, "audio_tokens": 0},
                 "completion_tokens_details": {"reasoning_tokens": 64, "accepted_prediction_tokens": 0}}
                """);

        assertThat(usage).isEqualTo(new Usage(86, 1920, 0, 0, 300));
    }

    @Test
    void openAiResponsesCountCachedTokensWithinTheInput() {
        Usage usage = read("""
                {"input_tokens": 36, "input_tokens_details": {"cached_tokens": 6}, "output_tokens": 87,
                 "output_tokens_details": {"reasoning_tokens": 10}, "total_tokens": 123}
                """);

        assertThat(usage).isEqualTo(new Usage(30, 6, 0, 0, 87));
    }

    @Test
    void anthropicCountsCachedTokensBesideTheInput() {
        Usage usage = read("""
                {"input_tokens": 2048, "cache_read_input_tokens": 1800, "cache_creation_input_tokens": 248,
                 "cache_creation": {"ephemeral_5m_input_tokens": 148, "ephemeral_1h_input_tokens": 100},
                 "output_tokens": 503, "service_tier": "standard", "server_tool_use": null}
                """);

        assertThat(usage).isEqualTo(new Usage(2048, 1800, 148, 100, 503));
    }

    @Test
    void anthropicWithoutASplitWroteToTheFiveMinuteCache() {
        Usage usage = read("""
                {"input_tokens": 10, "cache_creation_input_tokens": 248, "cache_read_input_tokens": 0,
                 "cache_creation": null, "output_tokens": 5}
                """);

        assertThat(usage).isEqualTo(new Usage(10, 0, 248, 0, 5));
    }

    @Test
    void geminiCountsThoughtsBesideTheAnswer() {
        Usage usage = read("""
                {"promptTokenCount": 100, "cachedContentTokenCount": 40, "candidatesTokenCount": 20,
                 "thoughtsTokenCount": 30, "totalTokenCount": 150, "promptTokensDetails": [{"modality": "TEXT"}]}
                """);

        assertThat(usage).isEqualTo(new Usage(60, 40, 0, 0, 50));
    }

    @Test
    void bedrockCountsCachedTokensBesideTheInput() {
        Usage usage = read("""
                {"inputTokens": 12, "outputTokens": 3, "totalTokens": 35, "cacheReadInputTokens": 20}
                """);

        assertThat(usage).isEqualTo(new Usage(12, 20, 0, 0, 3));
    }

    @Test
    void reasoningBesideTheCompletionIsOutputToo() {
        Usage usage = read("""
                {"prompt_tokens": 30, "completion_tokens": 10, "total_tokens": 290,
                 "completion_tokens_details": {"reasoning_tokens": 250}}
                """);

        assertThat(usage).isEqualTo(Usage.of(30, 260));
    }

    @Test
    void deepSeekNamesItsCacheHits() {
        Usage usage = read("""
                {"prompt_tokens": 30, "prompt_cache_hit_tokens": 20, "prompt_cache_miss_tokens": 10,
                 "completion_tokens": 10, "total_tokens": 40}
                """);

        assertThat(usage).isEqualTo(new Usage(10, 20, 0, 0, 10));
    }

    @Test
    void anEmbeddingHasNoOutput() {
        assertThat(read("{\"prompt_tokens\": 8, \"total_tokens\": 8}")).isEqualTo(Usage.of(8, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"prompt_tokens": 5, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": 6}} | usage.prompt_tokens_details.cached_tokens
            {"input_tokens": 5, "output_tokens": 1, "input_tokens_details": {"cached_tokens": 6}} | usage.input_tokens_details.cached_tokens
            {"promptTokenCount": 5, "cachedContentTokenCount": 6} | usage.cachedContentTokenCount
            {"prompt_tokens": -1, "completion_tokens": 1} | usage.prompt_tokens
            {"prompt_tokens": 1, "completion_tokens": 1000000000001} | usage.completion_tokens
            {"prompt_tokens": 99999999999999999999999, "completion_tokens": 1} | usage.prompt_tokens
            {"prompt_tokens": 1.5, "completion_tokens": 1} | usage.prompt_tokens
            {"prompt_tokens": "1", "completion_tokens": 1} | usage.prompt_tokens
            {"prompt_tokens": 1} | usage.completion_tokens
            {"input_tokens": 1, "cache_read_input_tokens": -5, "output_tokens": 1} | usage.cache_read_input_tokens
            {"input_tokens": 1, "cache_read_input_tokens": 5} | usage.output_tokens
            {"input_tokens": 1, "output_tokens": 1, "cache_creation_input_tokens": 5, "cache_creation": {"ephemeral_5m_input_tokens": 1}} | usage.cache_creation
            {"input_tokens": 1, "output_tokens": 1, "cache_read_input_tokens": 5, "input_tokens_details": {"cached_tokens": 1}} | usage
            {"input_tokens": 1, "output_tokens": 1, "input_tokens_details": 7} | usage.input_tokens_details.cached_tokens
            {"prompt_tokens": 1, "completion_tokens": 5, "completion_tokens_details": {"reasoning_tokens": 6}} | usage.completion_tokens_details.reasoning_tokens
            {"prompt_tokens": 100, "completion_tokens": 5, "prompt_tokens_details": {"audio_tokens": 40}} | usage.prompt_tokens_details.audio_tokens
            {"prompt_tokens": 100, "completion_tokens": 5, "completion_tokens_details": {"audio_tokens": 4}} | usage.completion_tokens_details.audio_tokens
            {"input_tokens": 100, "output_tokens": 5, "output_tokens_details": {"audio_tokens": 4}} | usage.output_tokens_details.audio_tokens
            {"input_tokens": 100, "output_tokens": 5, "input_token_details": {"audio_tokens": 4, "cached_tokens": 0}} | usage.input_token_details.audio_tokens
            {"promptTokenCount": 9, "candidatesTokenCount": 1, "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 4}, {"modality": "AUDIO", "tokenCount": 5}]} | usage.promptTokensDetails
            {"promptTokenCount": 9, "candidatesTokenCount": 1290, "candidatesTokensDetails": [{"modality": "IMAGE", "tokenCount": 1290}]} | usage.candidatesTokensDetails
            {"prompt_tokens": 2048, "completion_tokens": 5, "cache_read_input_tokens": 1800, "cache_creation_input_tokens": 0} | usage.cache_read_input_tokens
            {"prompt_tokens": 2048, "completion_tokens": 5, "cache_creation_input_tokens": 248} | usage.cache_creation_input_tokens
            {"prompt_tokens": 2048, "completion_tokens": 5, "prompt_tokens_details": {"cache_write_tokens": 248}} | usage.prompt_tokens_details.cache_write_tokens
            {"input_tokens": 10, "output_tokens": 5, "cache_read_input_tokens": 0, "server_tool_use": {"web_search_requests": 2}} | usage.server_tool_use.web_search_requests
            {"tokens": 1} | usage
            [] | usage
            """)
    void whatCannotBeIsRefusedByItsName(String usage, String field) {
        assertThatThrownBy(() -> read(usage)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(422);
            assertThat(problem.errors()).extracting(Problem.FieldFault::field).containsExactly(field);
        });
    }

    @Test
    void whatHasNoPriceMayBeThereAsLongAsItIsNone() {
        assertThat(read("""
                {"prompt_tokens": 10, "completion_tokens": 5, "cache_read_input_tokens": 0,
                 "cache_creation_input_tokens": 0, "server_tool_use": {"web_search_requests": 0}}
                """)).isEqualTo(Usage.of(10, 5));
        assertThat(read("""
                {"promptTokenCount": 300, "candidatesTokenCount": 5,
                 "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 42}, {"modality": "IMAGE", "tokenCount": 258},
                                         {"modality": "AUDIO", "tokenCount": 0}],
                 "candidatesTokensDetails": [{"modality": "TEXT", "tokenCount": 5}]}
                """)).isEqualTo(Usage.of(300, 5));
    }

    @Test
    void aSessionInRealTimeNamesItsCacheInTheSingular() {
        assertThat(read("""
                {"total_tokens": 150, "input_tokens": 120, "output_tokens": 30,
                 "input_token_details": {"text_tokens": 120, "audio_tokens": 0, "cached_tokens": 64}}
                """)).isEqualTo(new Usage(56, 64, 0, 0, 30));
    }

    @Test
    void theTierIsRead() {
        assertThat(tier("\"batch\"")).isEqualTo(ServiceTier.BATCH);
        assertThat(tier("\"default\"")).isEqualTo(ServiceTier.STANDARD);
        assertThat(tier("null")).isNull();
        assertThatThrownBy(() -> tier("\"first class\"")).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(422);
            assertThat(problem.errors()).extracting(Problem.FieldFault::field).containsExactly("usage.service_tier");
        });
    }

    @Test
    void whatHappenedIsCountedAndWhatOfItHasNoRateIsNamed() {
        CountedUsage counted = UsageObjects.read(json.readTree("""
                {"prompt_tokens": 100, "completion_tokens": 50, "service_tier": "scale",
                 "prompt_tokens_details": {"cached_tokens": 10, "audio_tokens": 40},
                 "completion_tokens_details": {"audio_tokens": 30}, "cache_creation_input_tokens": 7}"""));

        assertThat(counted.usage()).isEqualTo(new Usage(90, 10, 0, 0, 50));
        assertThat(counted.tier()).isNull();
        assertThat(counted.unpriced())
                .extracting(UnpricedPart::what, UnpricedPart::count)
                .containsExactlyInAnyOrder(
                        tuple("usage.prompt_tokens_details.audio_tokens", 40L),
                        tuple("usage.completion_tokens_details.audio_tokens", 30L),
                        tuple("usage.cache_creation_input_tokens", 7L),
                        tuple("usage.service_tier", 1L));
        assertThat(UsageObjects.read(json.readTree("""
                        {"promptTokenCount": 9, "candidatesTokenCount": 1290, "candidatesTokensDetails":
                         [{"modality": "IMAGE", "tokenCount": 1000}, {"modality": "AUDIO", "tokenCount": 290}]}""")).unpriced())
                .extracting(UnpricedPart::count)
                .containsExactly(1290L);
    }

    private static @Nullable ServiceTier tier(String tier) {
        return UsageObjects.read(json.readTree("""
                        {"prompt_tokens": 1, "completion_tokens": 1, "service_tier": %s}""".formatted(tier)))
                .requirePriced()
                .tier();
    }

    private static Usage read(String usage) {
        return UsageObjects.read(json.readTree(usage)).requirePriced().usage();
    }
}
