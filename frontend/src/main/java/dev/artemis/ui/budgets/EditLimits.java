package dev.artemis.ui.budgets;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.LimitEdit;
import dev.artemis.budgets.LimitHistory;
import dev.artemis.budgets.LimitPreviews;
import dev.artemis.budgets.Limits;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.Notices;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * Changes what a team, a project or a key may spend: an administrator the team's, an owner the others. Two who change it at once
 * lose nothing in silence, and undo takes back one's own change alone.
 */
@Component
public class EditLimits {

    private final Viewer viewer;
    private final Budgets budgets;
    private final LimitPreviews previews;
    private final LimitHistory history;
    private final Clock clock;

    EditLimits(Viewer viewer, Budgets budgets, LimitPreviews previews, LimitHistory history, Clock clock) {
        this.viewer = viewer;
        this.budgets = budgets;
        this.previews = previews;
        this.history = history;
        this.clock = clock;
    }

    /** Opens a dialog with a level's limits as they are now. @param again after each change */
    public void open(TeamScope scope, Level level, String title, Runnable again) {
        Limits seen = budgets.limits(scope.id(), level);
        new LimitsDialog(
                        seen,
                        scope.format(),
                        limits -> previews.lastMonth(
                                scope.id(), level, limits, scope.team().timeZone(), clock.instant()))
                .remembering(() -> history.of(scope.id(), level))
                .open(title, wanted -> {
                    var edit = new LimitEdit(seen, wanted);
                    change(scope, level, edit);
                    Notices.done(translate("budgets.saved"), () -> undo(scope, level, edit, again));
                    again.run();
                });
    }

    private void undo(TeamScope scope, Level level, LimitEdit edit, Runnable again) {
        Problems.attempt(() -> {
            change(scope, level, edit.reversed());
            Notices.done(translate("budgets.undone"));
        });
        again.run();
    }

    private void change(TeamScope scope, Level level, LimitEdit edit) {
        Caller by = level instanceof Level.WholeTenant ? viewer.admin() : viewer.acting(scope, Role.OWNER);
        budgets.changeLimits(by, scope.id(), level, edit);
    }
}
