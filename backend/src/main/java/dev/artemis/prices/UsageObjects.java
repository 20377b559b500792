package dev.artemis.prices;

import dev.artemis.shared.Problem;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the usage objects that providers send, unchanged, and counts each token once. Members that say nothing about
 * money are passed over.
 *
 * <p>OpenAI (chat and responses), Gemini and their like count cached tokens within the input; Anthropic and Bedrock
 * count them beside it.
 */
public final class UsageObjects {

    /** What gateways in front of Anthropic put beside OpenAI's members; their versions differ in what they add up. */
    private static final List<String> WRITTEN_BY_GATEWAYS = List.of(
            "cache_read_input_tokens",
            "cache_creation_input_tokens",
            "prompt_tokens_details.cache_write_tokens",
            "prompt_tokens_details.cache_creation_tokens");

    private static final String TIER = "service_tier";
    private static final String NO_AUDIO = "audio is not priced: the catalogue has no rate for it";
    private static final String NOT_BESIDE =
            "not beside prompt_tokens, which may or may not include it: send the token fields";

    private UsageObjects() {}

    /**
     * Counts the tokens of a provider's usage object, and says what else it counts that is billed and has no rate.
     *
     * @throws Problem 422 naming the member: none of the known forms, a count that is no whole number, below 0 or above
     *     10^12, more cached than sent, parts that do not add up
     */
    public static CountedUsage read(JsonNode usage) {
        var members = new UsageMembers(usage);
        Usage counted = tokens(members);
        ServiceTier tier = tier(members);
        return new CountedUsage(counted, tier, members.unpriced());
    }

    private static Usage tokens(UsageMembers members) {
        members.unpriced(
                "server_tool_use.web_search_requests", "searches are not priced: the catalogue has no rate for them");
        if (members.has("prompt_tokens")) {
            return openAiChat(members);
        }
        if (members.has("input_tokens")) {
            return hasMembersOfAnthropic(members) ? anthropic(members) : openAiResponses(members);
        }
        if (members.has("promptTokenCount")) {
            return gemini(members);
        }
        if (members.has("inputTokens")) {
            return bedrock(members);
        }
        throw Problem.notAllowed(
                "usage", "none of the known forms: prompt_tokens, input_tokens, promptTokenCount or inputTokens");
    }

    /** Null where none is named, or none that is known. */
    private static @Nullable ServiceTier tier(UsageMembers members) {
        if (!members.has(TIER)) {
            return null;
        }
        String said = members.text(TIER);
        try {
            return said.equals("default") ? ServiceTier.STANDARD : ServiceTier.of(said);
        } catch (IllegalArgumentException e) {
            members.unpriced(TIER, 1, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static boolean hasMembersOfAnthropic(UsageMembers members) {
        boolean beside = members.has("cache_read_input_tokens")
                || members.has("cache_creation_input_tokens")
                || members.has("cache_creation");
        if (beside && members.has("input_tokens_details.cached_tokens")) {
            throw Problem.notAllowed("usage", "mixes the forms of two providers");
        }
        return beside;
    }

    /** Also the form of DeepSeek, Mistral, xAI, Groq and of embeddings. */
    private static Usage openAiChat(UsageMembers members) {
        long prompt = members.count("prompt_tokens");
        String readFrom = members.has("prompt_tokens_details.cached_tokens")
                ? "prompt_tokens_details.cached_tokens"
                : "prompt_cache_hit_tokens";
        long read = members.countOrZero(readFrom);
        members.require(read <= prompt, readFrom, "at most prompt_tokens");
        members.unpriced("prompt_tokens_details.audio_tokens", NO_AUDIO);
        members.unpriced("completion_tokens_details.audio_tokens", NO_AUDIO);
        WRITTEN_BY_GATEWAYS.forEach(member -> members.unpriced(member, NOT_BESIDE));
        boolean embedding = !members.has("completion_tokens")
                && members.has("total_tokens")
                && members.count("total_tokens") == prompt;
        long completion = embedding ? 0 : members.count("completion_tokens");
        return new Usage(prompt - read, read, 0, 0, completion + reasoningBeside(members, prompt, completion));
    }

    /** xAI counts reasoning beside the completion, OpenAI within it; the total tells which. */
    private static long reasoningBeside(UsageMembers members, long prompt, long completion) {
        String member = "completion_tokens_details.reasoning_tokens";
        long reasoning = members.countOrZero(member);
        long total = members.countOrZero("total_tokens");
        boolean beside = reasoning > 0 && total == prompt + completion + reasoning;
        members.require(beside || reasoning <= completion, member, "at most completion_tokens");
        return beside ? reasoning : 0;
    }

    private static Usage openAiResponses(UsageMembers members) {
        long input = members.count("input_tokens");
        // sessions in real time say "token"
        String readFrom = members.has("input_token_details.cached_tokens")
                ? "input_token_details.cached_tokens"
                : "input_tokens_details.cached_tokens";
        long read = members.countOrZero(readFrom);
        members.require(read <= input, readFrom, "at most input_tokens");
        long output = members.count("output_tokens");
        for (String details : List.of(
                "input_tokens_details", "output_tokens_details", "input_token_details", "output_token_details")) {
            members.unpriced(details + ".audio_tokens", NO_AUDIO);
        }
        long reasoning = members.countOrZero("output_tokens_details.reasoning_tokens");
        members.require(reasoning <= output, "output_tokens_details.reasoning_tokens", "at most output_tokens");
        return new Usage(input - read, read, 0, 0, output);
    }

    private static Usage anthropic(UsageMembers members) {
        long write5m = members.countOrZero("cache_creation.ephemeral_5m_input_tokens");
        long write1h = members.countOrZero("cache_creation.ephemeral_1h_input_tokens");
        if (members.has("cache_creation_input_tokens")) {
            long write = members.count("cache_creation_input_tokens");
            boolean split = members.has("cache_creation.ephemeral_5m_input_tokens")
                    || members.has("cache_creation.ephemeral_1h_input_tokens");
            members.require(
                    !split || write == write5m + write1h, "cache_creation", "adds up to cache_creation_input_tokens");
            // without a split the default lifetime was asked for: five minutes
            write5m = split ? write5m : write;
        }
        return new Usage(
                members.count("input_tokens"),
                members.countOrZero("cache_read_input_tokens"),
                write5m,
                write1h,
                members.count("output_tokens"));
    }

    private static Usage gemini(UsageMembers members) {
        for (String sent : List.of("promptTokensDetails", "cacheTokensDetails", "toolUsePromptTokensDetails")) {
            members.unpricedModalities(sent, Set.of("AUDIO"), NO_AUDIO);
        }
        members.unpricedModalities(
                "candidatesTokensDetails",
                Set.of("AUDIO", "IMAGE", "VIDEO"),
                "only text is priced: the catalogue has no rate for other answers");
        long prompt = members.count("promptTokenCount");
        long read = members.countOrZero("cachedContentTokenCount");
        members.require(read <= prompt, "cachedContentTokenCount", "at most promptTokenCount");
        long input = prompt - read + members.countOrZero("toolUsePromptTokenCount");
        // thoughts are counted beside the candidates, and billed as output
        long output = members.countOrZero("candidatesTokenCount") + members.countOrZero("thoughtsTokenCount");
        return new Usage(input, read, 0, 0, output);
    }

    private static Usage bedrock(UsageMembers members) {
        return new Usage(
                members.count("inputTokens"),
                members.countOrZero("cacheReadInputTokens"),
                members.countOrZero("cacheWriteInputTokens"),
                0,
                members.count("outputTokens"));
    }
}
