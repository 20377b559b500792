package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1LimitRange;
import io.kubernetes.client.openapi.models.V1LimitRangeItem;
import io.kubernetes.client.openapi.models.V1LimitRangeSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a limit range becomes that somebody changed: ours holds again, and an operator's own stays. */
class NamespaceObjectsTest {

    private final NamespaceObjects objects = new NamespaceObjects(SomeSettings.defaults(), "artemis-runs");
    private final V1LimitRangeItem ours =
            objects.limitRange().getSpec().getLimits().getFirst();

    @Test
    void whatIsRightStaysAsItIs() {
        assertThat(objects.keptSmall(objects.limitRange())).containsExactly(ours);
    }

    @Test
    void whatIsMissingComesBack() {
        assertThat(objects.keptSmall(new V1LimitRange())).containsExactly(ours);
        assertThat(objects.keptSmall(of(new V1LimitRangeItem().type("Container"))))
                .singleElement()
                .satisfies(item -> {
                    assertThat(item.getDefault()).isEqualTo(ours.getDefault());
                    assertThat(item.getDefaultRequest()).isEqualTo(ours.getDefaultRequest());
                });
    }

    @Test
    void itemsOfOtherTypesStayInTheirPlaces() {
        V1LimitRangeItem pods = new V1LimitRangeItem().type("Pod").max(cpu("4"));
        V1LimitRangeItem claims =
                new V1LimitRangeItem().type("PersistentVolumeClaim").max(Map.of());

        assertThat(objects.keptSmall(of(pods, claims))).containsExactly(pods, claims, ours);
    }

    @Test
    void ofOurItemOnlyWhatGivesMoreIsMended() {
        V1LimitRangeItem changed = new V1LimitRangeItem()
                .type("Container")
                ._default(Map.of("cpu", new Quantity("8"), "memory", new Quantity("32Mi"), "gpu", new Quantity("1")))
                .defaultRequest(cpu("50m"))
                .max(cpu("16"))
                .maxLimitRequestRatio(cpu("2"));

        assertThat(objects.keptSmall(of(changed))).singleElement().satisfies(item -> {
            assertThat(item.getDefault())
                    .containsEntry("cpu", new Quantity("100m"))
                    .containsEntry("memory", new Quantity("32Mi"))
                    .containsEntry("ephemeral-storage", new Quantity("64Mi"))
                    .containsEntry("gpu", new Quantity("1"));
            assertThat(item.getDefaultRequest())
                    .containsEntry("cpu", new Quantity("50m"))
                    .containsEntry("memory", new Quantity("64Mi"));
            assertThat(item.getMax()).isEqualTo(cpu("16"));
            assertThat(item.getMaxLimitRequestRatio()).isEqualTo(cpu("2"));
        });
    }

    /** A cluster takes no default below the least. */
    @Test
    void nothingFallsBelowTheLeastOfAnOperator() {
        V1LimitRangeItem changed = new V1LimitRangeItem()
                .type("Container")
                .min(cpu("200m"))
                ._default(cpu("1"))
                .defaultRequest(cpu("1"));

        assertThat(objects.keptSmall(of(changed)))
                .singleElement()
                .satisfies(item -> assertThat(item.getDefault()).containsEntry("cpu", new Quantity("200m")));
    }

    private static Map<String, Quantity> cpu(String amount) {
        return Map.of("cpu", new Quantity(amount));
    }

    private static V1LimitRange of(V1LimitRangeItem... items) {
        return new V1LimitRange().spec(new V1LimitRangeSpec().limits(List.of(items)));
    }
}
