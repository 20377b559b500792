package dev.artemis.prices;

import dev.artemis.shared.Problem;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One entry of the community's price list, read. */
sealed interface ListedPrice {

    /**
     * A price for tokens.
     *
     * @param doubts what looked odd while reading, one sentence each
     */
    record Readable(Catalogue.Key key, Tariff tariff, List<String> doubts) implements ListedPrice {}

    /** Nothing that a call could be priced by. */
    record Unreadable(String why) implements ListedPrice {}

    /** Reads an entry: US dollars a token as JSON numbers, tiers and thresholds in the names of the members. */
    static ListedPrice read(String name, JsonNode entry) {
        if (name.equals("sample_spec")) {
            return new Unreadable("describes the list's own fields");
        }
        if (!entry.isObject()) {
            return new Unreadable("is no object");
        }
        JsonNode provider = entry.path("litellm_provider");
        if (!provider.isString() || provider.stringValue().isBlank()) {
            return new Unreadable("names no provider");
        }
        try {
            return new ListedRates(entry).price(key(name, provider.stringValue()));
        } catch (ListedRates.NotAPrice e) {
            return new Unreadable(e.why());
        } catch (Problem e) {
            return new Unreadable(
                    "its name is not one: " + e.errors().getFirst().message());
        }
    }

    private static Catalogue.Key key(String name, String listedProvider) {
        String provider = ModelNames.provider(listedProvider);
        String model = name;
        for (String prefix : List.of(listedProvider + "/", provider + "/")) {
            if (model.startsWith(prefix) && model.length() > prefix.length()) {
                model = model.substring(prefix.length());
            }
        }
        ModelRef checked = new ModelRef(provider, model);
        return new Catalogue.Key(provider, checked.model());
    }

    /** The members of an entry that are rates. */
    final class ListedRates {

        private static final Pattern RATE = Pattern.compile("(input_cost_per_token|output_cost_per_token"
                + "|cache_read_input_token_cost|cache_creation_input_token_cost(?:_above_1hr)?)"
                + "(?:_above_(\\d{1,6})k_tokens)?(?:_(priority|flex|batch)(?:es)?)?");
        private static final Pattern OTHER_FEE = Pattern.compile(
                "input_cost_per_(?:request|query)|citation_cost_per_token|.*audio.*cost.*|.*cost.*audio.*");
        private static final String INPUT = "input_cost_per_token";
        private static final String OUTPUT = "output_cost_per_token";
        private static final Set<String> MODES_WITHOUT_OUTPUT = Set.of("embedding", "rerank", "moderation");
        private static final int MAX_DIGITS = 100;

        /** Not for the stack: says why an entry is no price. */
        static final class NotAPrice extends Exception {
            private static final long serialVersionUID = 1;

            private final String why;

            NotAPrice(String why) {
                super(why, null, false, false);
                this.why = why;
            }

            String why() {
                return why;
            }
        }

        private record Group(ServiceTier service, long above) {}

        private final JsonNode entry;
        private final Map<Group, Map<String, BigDecimal>> groups = new LinkedHashMap<>();
        private final List<String> doubts = new ArrayList<>();

        ListedRates(JsonNode entry) {
            this.entry = entry;
        }

        ListedPrice price(Catalogue.Key key) throws NotAPrice {
            for (Map.Entry<String, JsonNode> member : entry.properties()) {
                Matcher rate = RATE.matcher(member.getKey());
                if (rate.matches() && !member.getValue().isNull()) {
                    groups.computeIfAbsent(group(rate), any -> new HashMap<>())
                            .put(rate.group(1), number(member.getKey(), member.getValue()));
                }
            }
            List<RateTier> tiers = new ArrayList<>(List.of(RateTier.standard(basis())));
            for (Group group : groups.keySet()) {
                if (group.above() > 0 || group.service() != ServiceTier.STANDARD) {
                    tier(group, tiers);
                }
            }
            doubtReasoning(tiers.getFirst().rates());
            doubtOtherFees();
            return new Readable(key, new Tariff(tiers), doubts);
        }

        private Rates basis() throws NotAPrice {
            Map<String, BigDecimal> basis = groups.getOrDefault(new Group(ServiceTier.STANDARD, 0), Map.of());
            BigDecimal input = basis.get(INPUT);
            BigDecimal output = basis.get(OUTPUT);
            if (input == null && output == null) {
                throw new NotAPrice("has no price for tokens");
            }
            if (input == null) {
                throw new NotAPrice("has no price for input");
            }
            if (output == null
                    && !MODES_WITHOUT_OUTPUT.contains(entry.path("mode").asString(""))) {
                throw new NotAPrice("has no price for output");
            }
            JsonNode cacheHit = entry.path("input_cost_per_token_cache_hit");
            BigDecimal read = basis.get("cache_read_input_token_cost");
            if (read == null && !cacheHit.isMissingNode() && !cacheHit.isNull()) {
                read = number("input_cost_per_token_cache_hit", cacheHit);
            }
            return rates(basis, input, read, output == null ? BigDecimal.ZERO : output);
        }

        private void tier(Group group, List<RateTier> tiers) {
            Map<String, BigDecimal> own = new HashMap<>(groups.getOrDefault(group, Map.of()));
            String missing = own.get(INPUT) == null ? "input" : own.get(OUTPUT) == null ? "output" : "";
            boolean carried = !missing.isEmpty() && carrySurcharge(group, own);
            if (!missing.isEmpty()) {
                doubts.add(group.service() + (group.above() > 0 ? " above " + group.above() + " tokens" : "")
                        + ": names no price for " + missing
                        + (carried ? ": the surcharge is carried over" : ": left out"));
            }
            BigDecimal input = own.get(INPUT);
            BigDecimal output = own.get(OUTPUT);
            if (input == null || output == null) {
                return;
            }
            Rates rates = rates(own, input, own.get("cache_read_input_token_cost"), output);
            tiers.add(new RateTier(group.service(), group.above(), rates));
        }

        /**
         * Long prompts without a price of their own for input or output pay what short ones do, with the surcharge that is
         * named: else they would all get the cheaper price. Whether that could be told.
         */
        private boolean carrySurcharge(Group group, Map<String, BigDecimal> own) {
            Map<String, BigDecimal> shorter = groups.getOrDefault(new Group(group.service(), 0), Map.of());
            BigDecimal input = shorter.get(INPUT);
            BigDecimal output = shorter.get(OUTPUT);
            if (group.above() == 0 || input == null || output == null) {
                return false;
            }
            own.computeIfAbsent(OUTPUT, any -> surcharged(output, own.get(INPUT), input));
            own.computeIfAbsent(INPUT, any -> surcharged(input, own.get(OUTPUT), output));
            return true;
        }

        private static BigDecimal surcharged(BigDecimal rate, @Nullable BigDecimal named, BigDecimal before) {
            if (named == null || before.signum() == 0 || named.compareTo(before) <= 0) {
                return rate;
            }
            return rate.multiply(named)
                    .divide(before, Rates.SCALE, RoundingMode.UP)
                    .min(Rates.MAX);
        }

        /** Calls that cost more than their tokens do. */
        private void doubtOtherFees() {
            List<String> fees = entry.properties().stream()
                    .filter(member -> OTHER_FEE.matcher(member.getKey()).matches())
                    .filter(member -> member.getValue().isNumber()
                            && member.getValue().decimalValue().signum() > 0)
                    .map(Map.Entry::getKey)
                    .toList();
            if (!fees.isEmpty()) {
                doubts.add("also asks for what is not counted here: " + String.join(", ", fees));
            }
        }

        private static Rates rates(
                Map<String, BigDecimal> group, BigDecimal input, @Nullable BigDecimal read, BigDecimal output) {
            return new Rates(
                    input,
                    read,
                    group.get("cache_creation_input_token_cost"),
                    group.get("cache_creation_input_token_cost_above_1hr"),
                    output);
        }

        private void doubtReasoning(Rates basis) throws NotAPrice {
            JsonNode listed = entry.path("output_cost_per_reasoning_token");
            if (!listed.isMissingNode() && !listed.isNull()) {
                BigDecimal reasoning = number("output_cost_per_reasoning_token", listed);
                if (reasoning.compareTo(basis.output()) > 0) {
                    doubts.add("reasoning tokens (" + reasoning.toPlainString() + ") are dearer than other output ("
                            + basis.output().toPlainString() + "): counted as output");
                }
            }
        }

        private static Group group(Matcher rate) {
            ServiceTier service = rate.group(3) == null ? ServiceTier.STANDARD : ServiceTier.of(rate.group(3));
            return new Group(service, rate.group(2) == null ? 0 : Long.parseLong(rate.group(2)) * 1_000);
        }

        private static BigDecimal number(String member, JsonNode value) throws NotAPrice {
            if (!value.isNumber()) {
                throw new NotAPrice(member + " is not a number");
            }
            BigDecimal rate = value.decimalValue();
            // before any arithmetic: 1e-999999999 is four bytes here and a gigabyte as digits
            if (Math.abs((long) rate.scale()) > MAX_DIGITS || rate.precision() > MAX_DIGITS) {
                throw new NotAPrice(member + " has too many digits");
            }
            if (rate.signum() < 0) {
                throw new NotAPrice(member + " is negative");
            }
            if (rate.compareTo(Rates.MAX) > 0) {
                throw new NotAPrice(member + " is more than " + Rates.MAX + " US dollars a token");
            }
            // lists are written by programs that count in floating point: 4.5003000000000007e-07
            BigDecimal kept = Usd.rounded(rate).amount();
            if (kept.signum() == 0 && rate.signum() != 0) {
                throw new NotAPrice(member + " is below the smallest price of 10^-18");
            }
            return kept;
        }
    }
}
