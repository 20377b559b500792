package dev.artemis.sandbox;

import dev.artemis.shared.Language;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * In which image each language's runs are containers: the one set for it, else the one set for all, else its definition's. See ADR-0064.
 *
 * @param forAll blank: none is set
 * @param each by a language's id; blank: none is set
 */
public record Images(String forAll, Map<String, String> each) {

    public Images {
        each = each.entrySet().stream()
                .filter(one -> !one.getValue().isBlank())
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, one -> one.getValue().strip()));
        for (String id : each.keySet()) {
            if (Language.named(id).isEmpty()) {
                throw new IllegalArgumentException("images names no language that there is: " + id);
            }
        }
    }

    public String of(Language language) {
        return each.getOrDefault(language.id(), forAll.isBlank() ? language.image() : forAll.strip());
    }

    /** Every image that is needed, with the languages that run in it. */
    public Map<String, List<Language>> needed() {
        Map<String, List<Language>> needed = new LinkedHashMap<>();
        for (Language language : Language.all()) {
            needed.computeIfAbsent(of(language), image -> new ArrayList<>()).add(language);
        }
        return needed;
    }
}
