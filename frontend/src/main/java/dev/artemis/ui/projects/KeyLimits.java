package dev.artemis.ui.projects;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.artemis.access.ApiKey;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.LimitHistory;
import dev.artemis.budgets.LimitPreviews;
import dev.artemis.budgets.Limits;
import dev.artemis.shared.Role;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.budgets.LimitsDialog;
import dev.artemis.ui.parts.Notices;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** What single keys may spend: set by the team's owners, like what a project may. */
@Component
class KeyLimits {

    private final Viewer viewer;
    private final Budgets budgets;
    private final LimitPreviews previews;
    private final LimitHistory history;
    private final Clock clock;

    KeyLimits(Viewer viewer, Budgets budgets, LimitPreviews previews, LimitHistory history, Clock clock) {
        this.viewer = viewer;
        this.budgets = budgets;
        this.previews = previews;
        this.history = history;
        this.clock = clock;
    }

    /** Opens a dialog with a key's limits. */
    void edit(TeamScope scope, ApiKey key) {
        var level = new Level.OfKey(key.id());
        Limits before = budgets.limits(scope.id(), level);
        new LimitsDialog(
                        before,
                        scope.format(),
                        limits -> previews.lastMonth(
                                scope.id(), level, limits, scope.team().timeZone(), clock.instant()))
                .remembering(() -> history.of(scope.id(), level))
                .open(translate("keys.limits-of", key.name()), limits -> {
                    set(scope, level, limits);
                    Notices.done(
                            translate("budgets.saved"),
                            () -> Problems.attempt(() -> {
                                set(scope, level, before);
                                Notices.done(translate("budgets.undone"));
                            }));
                });
    }

    private void set(TeamScope scope, Level level, Limits limits) {
        budgets.setLimits(viewer.acting(scope, Role.OWNER), scope.id(), level, limits);
    }
}
