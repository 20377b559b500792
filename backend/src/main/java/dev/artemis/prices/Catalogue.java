package dev.artemis.prices;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A picture of all prices at one version, in memory: pricing a call needs no trip to the database. Immutable.
 */
final class Catalogue {

    /** Who makes models and sells them, best known first: a model without a provider is looked for here first. */
    private static final List<String> MAKERS = List.of(
            "openai", "anthropic", "gemini", "mistral", "deepseek", "xai", "cohere", "moonshot", "zai", "minimax");

    /** One model of one provider. */
    record Key(String provider, String model) {}

    /** What an asked name means. */
    sealed interface Found {

        record Model(Key key) implements Found {}

        record Nothing(String why) implements Found {}
    }

    private final long version;
    private final Map<PriceId, Price> byId = new HashMap<>();
    private final Map<Key, List<Price>> byKey = new HashMap<>();
    private final Map<String, Set<Key>> byModel = new HashMap<>();
    private final Map<String, Set<Key>> byUndatedModel = new HashMap<>();
    private final Map<String, Key> aliases;
    private final Set<String> providers = new LinkedHashSet<>();
    private final List<Price> sorted;

    Catalogue(long version, Collection<Price> prices, Map<String, Key> aliases) {
        this.version = version;
        this.aliases = Map.copyOf(aliases);
        this.sorted = prices.stream()
                .sorted(Comparator.comparing(Price::provider)
                        .thenComparing(Price::model)
                        .thenComparing(Price::validFrom, Comparator.reverseOrder()))
                .toList();
        for (Price price : sorted) {
            var key = new Key(price.provider(), price.model());
            byId.put(price.id(), price);
            byKey.computeIfAbsent(key, any -> new ArrayList<>()).add(price);
            byModel.computeIfAbsent(price.model(), any -> new LinkedHashSet<>()).add(key);
            ModelNames.undated(price.model())
                    .ifPresent(undated -> byUndatedModel
                            .computeIfAbsent(undated, any -> new LinkedHashSet<>())
                            .add(key));
            providers.add(price.provider());
        }
    }

    long version() {
        return version;
    }

    /** By provider and model; of one model the newest first. */
    List<Price> sorted() {
        return sorted;
    }

    Optional<Price> find(PriceId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Other names of models, and what they stand for. */
    Map<String, Key> aliases() {
        return aliases;
    }

    /** Whether any provider has a model of that very name. */
    boolean hasModel(String name) {
        return byModel.containsKey(name);
    }

    /** All prices that a model ever had, newest first. */
    List<Price> history(Key key) {
        return List.copyOf(byKey.getOrDefault(key, List.of()));
    }

    /** The price that counts for calls of that moment. */
    Optional<Price> inForce(Key key, Instant at) {
        return byKey.getOrDefault(key, List.of()).stream()
                .filter(price -> price.isInForce(at))
                .findFirst();
    }

    /** Which model is meant. A name with a date of its own in the catalogue wins over the name without. */
    Found resolve(ModelRef asked, Instant at) {
        Found best = new Found.Nothing("The catalogue has no model of that name.");
        for (ModelRef reading : readings(asked)) {
            for (String name : ModelNames.spellings(reading.model())) {
                switch (named(reading, name)) {
                    case Found.Model model -> {
                        if (inForce(model.key(), at).isPresent()) {
                            return model;
                        }
                        best = new Found.Nothing("The model had no price in force at " + at + ".");
                        if (name.equals(reading.model())) {
                            // it is known by that very name: another's price is not its own
                            return best;
                        }
                    }
                    case Found.Nothing nothing -> best = nothing.why().isEmpty() ? best : nothing;
                }
            }
            switch (newestDated(reading, at)) {
                case Found.Model model -> {
                    return model;
                }
                case Found.Nothing nothing -> best = nothing.why().isEmpty() ? best : nothing;
            }
        }
        return best;
    }

    /** "azure/gpt-4o" names its provider in front, unless that is a part of the model's name. */
    private List<ModelRef> readings(ModelRef asked) {
        List<ModelRef> readings = new ArrayList<>();
        int slash = asked.model().indexOf('/');
        if (slash > 0 && slash < asked.model().length() - 1) {
            String before = ModelNames.provider(asked.model().substring(0, slash));
            boolean agrees = asked.providerNamed()
                    .map(provider -> ModelNames.provider(provider).equals(before))
                    .orElse(true);
            if (providers.contains(before) && agrees) {
                readings.add(new ModelRef(before, asked.model().substring(slash + 1)));
            }
        }
        readings.add(
                new ModelRef(asked.providerNamed().map(ModelNames::provider).orElse(null), asked.model()));
        return readings;
    }

    /** A model's own name goes before an alias, which may be older than the model. */
    private Found named(ModelRef reading, String name) {
        Key alias = aliases.get(name);
        if (!byModel.containsKey(name)
                && alias != null
                && reading.providerNamed().map(alias.provider()::equals).orElse(true)) {
            return new Found.Model(alias);
        }
        return choose(reading, byModel.getOrDefault(name, Set.of()));
    }

    /** "claude-3-7-sonnet" where the catalogue has only dated names: the newest of them in force. */
    private Found newestDated(ModelRef reading, Instant at) {
        Set<Key> dated = new LinkedHashSet<>();
        for (String name : ModelNames.spellings(reading.model())) {
            byUndatedModel.getOrDefault(name, Set.of()).stream()
                    .filter(key -> inForce(key, at).isPresent())
                    .sorted(Comparator.comparing(Key::model).reversed())
                    .forEach(dated::add);
        }
        return choose(reading, dated);
    }

    private static Found choose(ModelRef reading, Set<Key> keys) {
        List<Key> candidates = keys.stream()
                .filter(key ->
                        reading.providerNamed().map(key.provider()::equals).orElse(true))
                .toList();
        List<String> sellers = candidates.stream().map(Key::provider).distinct().toList();
        if (candidates.isEmpty()) {
            return new Found.Nothing("");
        }
        if (sellers.size() == 1) {
            return new Found.Model(candidates.getFirst());
        }
        for (String maker : MAKERS) {
            for (Key key : candidates) {
                if (key.provider().equals(maker)) {
                    return new Found.Model(key);
                }
            }
        }
        return new Found.Nothing("Several providers sell it, say which: "
                + String.join(", ", sellers.subList(0, Math.min(8, sellers.size()))) + ".");
    }
}
