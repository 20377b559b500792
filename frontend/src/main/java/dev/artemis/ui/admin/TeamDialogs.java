package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.TenantChange;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Problems;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.AmountField;
import dev.artemis.ui.parts.Ask;
import dev.artemis.ui.parts.Checks;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Notices;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an administrator does with a team, each after saying what will happen. */
final class TeamDialogs {

    private final Tenants tenants;
    private final Supplier<Caller.Admin> admin;
    private final Clock clock;

    TeamDialogs(Tenants tenants, Supplier<Caller.Admin> admin, Clock clock) {
        this.tenants = tenants;
        this.admin = admin;
        this.clock = clock;
    }

    void create() {
        var name = new TextField(translate("name"));
        var slug = new TextField(translate("slug"));
        slug.setHelperText(translate("slug-help"));
        Checks.suggestSlug(name, slug);
        ComboBox<String> zone = zones("Etc/UTC");
        zone.setHelperText(translate("teams.zone-help"));
        new FormDialog(translate("teams.create"), translate("create"), () -> {
                    if (!(Checks.filled(name) & Checks.slug(slug) & chosen(zone))) {
                        return false;
                    }
                    return Problems.attempt(Map.of("name", name, "slug", slug, "time_zone", zone), () -> {
                        Tenant made = tenants.create(
                                admin.get(), new Slug(slug.getValue()), name.getValue(), ZoneId.of(zone.getValue()));
                        Notices.done(translate("teams.created", made.name()));
                        UI.getCurrent().navigate(Paths.dashboard(made.slug()));
                    });
                })
                .with(name, slug, zone)
                .open();
    }

    void edit(Tenant team, Runnable again) {
        var name = new TextField(translate("name"));
        name.setValue(team.name());
        ComboBox<String> zone = zones(team.timeZone().getId());
        zone.setHelperText(translate("teams.zone-later"));
        var cpu = new AmountField(translate("teams.cpu-rate"));
        cpu.setAmount(team.computeRates().cpuSecond());
        var memory = new AmountField(translate("teams.memory-rate"));
        memory.setAmount(team.computeRates().gibSecond());
        memory.setHelperText(translate("teams.rates-help"));
        new FormDialog(translate("teams.edit-of", team.name()), translate("save"), () -> {
                    if (!(Checks.filled(name) & chosen(zone) & cpu.check() & memory.check())) {
                        return false;
                    }
                    var rates = new Tenant.ComputeRates(
                            cpu.amount().orElse(Usd.ZERO), memory.amount().orElse(Usd.ZERO));
                    // what was not touched is not said: another may have changed it meanwhile, and a zone would begin
                    // tomorrow
                    var change = new TenantChange(
                            unlessSame(name.getValue(), team.name()),
                            unlessSame(ZoneId.of(zone.getValue()), team.timeZone()),
                            null,
                            unlessSame(rates, team.computeRates()));
                    Map<String, HasValidation> fields = Map.of(
                            "name", name,
                            "time_zone", zone,
                            "compute_rates.cpu_second", cpu,
                            "compute_rates.gib_second", memory);
                    return Problems.attempt(fields, () -> {
                        tenants.change(admin.get(), team.id(), change);
                        changed(team, change, again);
                        again.run();
                    });
                })
                .with(name, zone, new H3(translate("teams.rates")), cpu, memory)
                .open();
    }

    /** A time zone begins with the next day: it is not taken back by a click. */
    private void changed(Tenant before, TenantChange change, Runnable again) {
        String done = translate("teams.changed", change.name() == null ? before.name() : change.name());
        TenantChange back = change.undone(before);
        if (change.timeZone() != null || (back.name() == null && back.computeRates() == null)) {
            Notices.done(done);
            return;
        }
        Notices.done(done, () -> {
            Problems.attempt(() -> {
                tenants.undo(admin.get(), before.id(), change, back);
                Notices.done(translate("teams.undone", before.name()));
            });
            again.run();
        });
    }

    void suspend(Tenant team, Runnable again) {
        Ask.before(translate("teams.suspend-of", team.name()))
                .saying(translate("teams.suspend-why"))
                .then(translate("teams.suspend"), () -> {
                    boolean already = tenants.find(team.id()).orElse(team).suspended();
                    put(team, true);
                    String done = translate("teams.suspended-now", team.name());
                    if (already) {
                        Notices.done(done);
                    } else {
                        Notices.done(done, () -> {
                            Problems.attempt(() -> tenants.undoSuspension(admin.get(), team.id()));
                            again.run();
                        });
                    }
                    again.run();
                });
    }

    void restore(Tenant team, Runnable again) {
        Ask.before(translate("teams.restore-of", team.name()))
                .saying(translate("teams.restore-why"))
                .thenHarmless(translate("teams.restore"), () -> {
                    put(team, false);
                    Notices.done(translate("teams.restored", team.name()));
                    again.run();
                });
    }

    void delete(Tenant team, Runnable again) {
        var format = new Format(UI.getCurrent().getLocale(), team.timeZone());
        String day = format.date(clock.instant()
                .plus(tenants.deletionGrace())
                .atZone(team.timeZone())
                .toLocalDate());
        Ask.before(translate("teams.delete-of", team.name()))
                .saying(translate(
                        "teams.delete-why",
                        day,
                        format.count(tenants.deletionGrace().toDays())))
                .then(translate("teams.delete"), () -> {
                    tenants.requestDeletion(admin.get(), team.id());
                    Notices.done(translate("teams.deleted", team.name(), day));
                    again.run();
                });
    }

    private void put(Tenant team, boolean suspended) {
        tenants.change(admin.get(), team.id(), new TenantChange(null, null, suspended, null));
    }

    private static <T> @Nullable T unlessSame(T wanted, T before) {
        return wanted.equals(before) ? null : wanted;
    }

    private static ComboBox<String> zones(String chosen) {
        var zone = new ComboBox<String>(translate("teams.zone"));
        zone.setItems(ZoneId.getAvailableZoneIds().stream().sorted().toList());
        zone.setValue(chosen);
        zone.setAllowCustomValue(false);
        return zone;
    }

    private static boolean chosen(ComboBox<String> zone) {
        if (zone.getValue() == null) {
            Problems.fault(zone, translate("required"));
            return false;
        }
        return true;
    }
}
