package dev.artemis.exports;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was bought, as the catalogue of prices knows it.
 *
 * @param id of all prices of one kind of quantity of one model
 * @param meter what is measured, the same for one id at all times
 * @param priceId what tells prices of one id apart and stays when they change: never the amount and never the day, as the
 *     specification says since 1.2
 * @param details what the price's id says, property by property; empty: nothing
 */
record FocusSku(String id, String meter, String priceId, Map<String, String> details) {

    static FocusSku of(FocusRow row) {
        String id = row.labels().provider() + "/" + row.labels().model() + "/"
                + row.kind().words().replace(' ', '-');
        var priceId = new StringBuilder(id);
        // the specification gives none of these a name, and keeps x_ for names that are not its own
        Map<String, String> details = new LinkedHashMap<>();
        if (row.tier() != null) {
            priceId.append('/').append(row.tier());
            details.put("x_ServiceTier", row.tier());
        }
        if (row.aboveTokens() != 0) {
            priceId.append("/above-").append(row.aboveTokens());
            // not a number: a number would have to be a quantity of one pricing unit
            details.put("x_PromptLength", "above " + row.aboveTokens() + " tokens");
        }
        return new FocusSku(id, row.kind().meter(), priceId.toString(), details);
    }
}
