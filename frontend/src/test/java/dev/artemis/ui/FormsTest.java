package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.HasLabel;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.component.upload.UploadI18N;
import com.vaadin.flow.internal.JacksonUtils;
import com.vaadin.flow.internal.nodefeature.ElementPropertyMap;
import com.vaadin.flow.internal.nodefeature.PropertyChangeDeniedException;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.Users;
import dev.artemis.alerts.AlertChannel;
import dev.artemis.alerts.AlertChannels;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import dev.artemis.mail.Tongue;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunFilter;
import dev.artemis.runs.Runs;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.CodeEditor;
import dev.artemis.ui.parts.DayField;
import dev.artemis.ui.parts.FileFault;
import dev.artemis.ui.parts.FileField;
import dev.artemis.ui.parts.SecretField;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.context.TestConstructor;

/** What is wrong is said at the field that it is wrong in, and nothing is written. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class FormsTest extends AtThePages {

    private final Projects projects;
    private final AlertChannels channels;
    private final AuditLog audit;
    private final Runs runs;

    FormsTest(
            Tenants tenants,
            Users users,
            Members members,
            Projects projects,
            AlertChannels channels,
            AuditLog audit,
            Runs runs) {
        super(tenants, users, members);
        this.projects = projects;
        this.channels = channels;
        this.audit = audit;
        this.runs = runs;
    }

    /**
     * Page, the button that opens the form, what is typed, the button that sends it, and the field that is wrong. Where the page begins
     * with a slash it is the team's.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /projects       | New project             | Name=; Short name=shop                            | Create      | Name
            /projects       | New project             | Name=Shop; Short name=No Way                      | Create      | Short name
            /projects       | Edit what they may take | Weight among teams=0                              | Save        | Weight among teams
            /projects       | Edit what they may take | Runs at once=99999999999                          | Save        | Runs at once
            /projects/shop  | Edit settings           | Name=                                             | Save        | Name
            /projects/shop  | Edit settings           | Runs at once=many                                 | Save        | Runs at once
            /members        | Add member              | E-mail=nobody                                     | Add member  | E-mail
            /projects/shop  | New key                 | Name=                                             | Create      | Name
            /projects/shop  | New key                 | Name=build; Daily limit=much                      | Create      | Daily limit
            /projects/shop  | New key                 | Name=build; Monthly limit=-1                      | Create      | Monthly limit
            /projects/shop  | New key                 | Name=build; Expires=2020-01-01                    | Create      | Expires
            /projects/shop  | New key                 | Name=build; Expires=soon                          | Create      | Expires
            /provider-keys  | Add key                 | Name=; Key=sk-1                                   | Add key     | Name
            /provider-keys  | Add key                 | Name=ours; Key=nothing like it                    | Add key     | Key
            /provider-keys  | Add key                 | Name=ours; Key={openai}; Base URL=no address      | Add key     | Base URL
            /alerts         | Add channel             | Address=nobody                                    | Add channel | Address
            /alerts         | Add channel             | Kind=WEBHOOK; Address=http://example.org/plain    | Add channel | Address
            /budgets        | Edit limits             | Daily limit=twelve                                | Save        | Daily limit
            /budgets        | Edit limits             | Monthly limit=-5                                  | Save        | Monthly limit
            /budgets        | Edit limits             | Alert at=eighty                                   | Save        | Alert at
            /budgets        | Edit limits             | Alert at=-5                                       | Save        | Alert at
            /submit         |                         | Environment=NO VALUE                              | Run         | Environment
            /submit         |                         | Priority=99999999999                              | Run         | Priority
            /submit         |                         | Memory in MB=plenty                               | Run         | Memory in MB
            /submit         |                         | Memory in MB=1.5                                  | Run         | Memory in MB
            /reports        | Save a report           | Name=; To=ada@example.org                         | Save        | Name
            /reports        | Save a report           | Name=Board; To=nobody                             | Save        | To
            /statements     | Set a rate              | Mark-up or discount=plenty                        | Save        | Mark-up or discount
            /statements     | Set a rate              | Mark-up or discount=-150                          | Save        | Mark-up or discount
            /statements     | Set a rate              | From=; Mark-up or discount=5                      | Save        | From
            /statements     | Set a rate              | From=soon; Mark-up or discount=5                  | Save        | From
            admin/teams     | New team                | Name=; Short name=new-team                        | Create      | Name
            admin/teams     | New team                | Name=New; Short name=No Way                       | Create      | Short name
            admin/teams     | New team                | Name=New; Short name=new-team; Time zone=         | Create      | Time zone
            admin/prices    | Add price               | {price}; Model=                                   | Save        | Model
            admin/prices    | Add price               | {price}; Input / 1M=                              | Save        | Input / 1M
            admin/prices    | Add price               | {price}; Output / 1M=cheap                        | Save        | Output / 1M
            admin/prices    | Add price               | {price}; In force from=soon                       | Save        | In force from
            admin/prices    | Add price               | {price}; In force from=2030-02-01; In force to=2030-01-01 | Save | In force to
            account         | New key                 | Name=                                             | Create      | Name
            account         | New key                 | Name=mine; Expires=soon                           | Create      | Expires
            """)
    void whatIsWrongIsSaidAtItsField(String page, String opens, String typed, String pressed, String wrong) {
        Tenant team = aTeam();
        Project project = projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.OWNER), PlatformRole.ADMIN);
        open(page.startsWith("/") ? Paths.dashboard(team.slug()) + page : page);
        if (opens != null) {
            click(opens);
        }
        long before = newest();

        for (String one : filledIn(typed).split("; ")) {
            String[] labelAndText = one.split("=", 2);
            type(labelAndText[0], labelAndText[1]);
        }
        clickLast(pressed);

        HasValidation field = (HasValidation) anyField(wrong);
        assertThat(field.isInvalid()).isTrue();
        assertThat(field.getErrorMessage()).isNotBlank();
        assertThat(find(Notification.class).exists()).as("not said elsewhere").isFalse();
        assertThat(newest()).as("nothing written").isEqualTo(before);
        assertThat(runs.list(
                                new Caller.ForProject(team.id(), project.id(), null, null, Set.of(), "test"),
                                RunFilter.ALL,
                                null,
                                1)
                        .items())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/reconciliation, bill.csv, nothing at all",
        "admin/reconciliation, bill.csv, 'what,ever\n1,2\n'",
        "admin/prices, list.json, nothing at all",
        "admin/prices, list.json, []"
    })
    void aFileThatIsNoneIsSaidWhereItIsHandedIn(String page, String name, String content) {
        Tenant team = aTeam();
        signIn(aMember(team, Role.OWNER), PlatformRole.ADMIN);
        open(page.startsWith("/") ? Paths.dashboard(team.slug()) + page : page);
        if (page.equals(Paths.ADMIN_PRICES)) {
            click("Import list");
        }
        long before = newest();

        hand(name, content);

        FileFault fault = find(FileFault.class).single();
        assertThat(fault.isInvalid()).isTrue();
        assertThat(fault.getErrorMessage()).isNotBlank();
        assertThat(find(Notification.class).exists()).isFalse();
        assertThat(newest()).isEqualTo(before);
    }

    @Test
    void aFileOfARunMayLieInAFolderAndWhatIsNoPathIsSaidAtIt() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.submit(team.slug()));
        hand("input.csv", "1");
        hand("other.csv", "2");

        TextField path = pathOf("input.csv");
        path.setValue("../secret");
        assertThat(path.isInvalid()).isTrue();
        click("Run");
        assertThat(heading()).isEqualTo("Submit code");
        path.setValue("other.csv");
        assertThat(path.getErrorMessage()).isEqualTo("Another file is there already");
        path.setValue("data/2026/input.csv");
        assertThat(path.isInvalid()).isFalse();

        // a file cannot be a folder: what only the whole shows is said at the files, in the reader's language
        TextField other = pathOf("other.csv");
        other.setValue("data");
        UI.getCurrent().setLocale(Locale.GERMAN);
        click("Run");
        assertThat(heading()).isEqualTo("Submit code");
        assertThat(find(FileFault.class)
                        .withCondition(FileFault::isInvalid)
                        .single()
                        .getText())
                .isEqualTo("Ein Ordner heißt wie eine Datei: data/2026/input.csv");
        other.setValue("data/other.csv");
        click("Run");
        assertThat(heading()).isNotEqualTo("Submit code");
    }

    @Test
    void twoFilesOfARunChangePlaces() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.submit(team.slug()));
        hand("first.csv", "1");
        hand("second.csv", "2");
        TextField first = pathOf("first.csv");
        TextField second = pathOf("second.csv");

        first.setValue("second.csv");
        assertThat(first.isInvalid()).isTrue();
        second.setValue("first.csv");

        assertThat(first.isInvalid()).isFalse();
        assertThat(second.isInvalid()).isFalse();
        assertThat(pathOf("second.csv")).as("each is read as what it is now").isSameAs(first);
        assertThat(pathOf("first.csv")).isSameAs(second);
        first.setValue("../first.csv");
        second.setValue("second.csv");
        assertThat(second.getErrorMessage()).as("where it still is").isEqualTo("Another file is there already");
        click("Run");
        assertThat(heading()).isEqualTo("Submit code");
        first.setValue("third.csv");
        assertThat(second.isInvalid()).as("it has gone").isFalse();
        click("Run");
        assertThat(heading()).isNotEqualTo("Submit code");
    }

    @Test
    void codeThatIsRefusedIsSaidAtTheCode() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.DEVELOPER), null);
        open(Paths.submit(team.slug()));
        CodeEditor editor = find(CodeEditor.class).single();
        editor.setValue("print(1)\0");

        click("Run");

        assertThat(editor.isInvalid()).isTrue();
        assertThat(editor.getErrorMessage()).isEqualTo("code must not contain NUL");
    }

    private TextField pathOf(String name) {
        return find(TextField.class)
                .withCondition(field -> field.getAriaLabel().equals(Optional.of("Path of " + name)))
                .single();
    }

    @Test
    void aColumnThatIsNotNamedIsSaidAtItsField() {
        Tenant team = aTeam();
        signIn(aMember(team, Role.FINANCE), null);
        open(Paths.reconciliation(team.slug()));
        long before = newest();

        field("Column of the day").setValue("day");
        field("Column of the cost in US dollars").setValue("usd");
        hand("bill.csv", "day,model,usd\n2026-01-01,gpt-4o,1\n");

        assertThat(field("Column of the model").isInvalid()).isTrue();
        assertThat(field("Column of the day").isInvalid()).isFalse();
        assertThat(newest()).isEqualTo(before);
    }

    @Test
    void aChannelThatIsThereAlreadyIsSaidAtItsField() {
        Tenant team = aTeam();
        channels.add(TEST, team.id(), AlertChannel.Kind.EMAIL, "ada@example.org", Tongue.of(Locale.ENGLISH));
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.alerts(team.slug()));

        click("Add channel");
        field("Address").setValue("ada@example.org");
        clickLast("Add channel");

        assertThat(field("Address").getErrorMessage()).isEqualTo("Alerts go there already.");
        assertThat(field("Address").isInvalid()).isTrue();
        assertThat(channels.all(team.id())).hasSize(1);
    }

    @Test
    void whatWasWrongWithAFileIsNotSaidOfTheNext() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.submit(team.slug()));
        Upload upload = find(Upload.class).single();
        FileFault fault = upload.getParent()
                .orElseThrow()
                .getChildren()
                .filter(FileFault.class::isInstance)
                .map(FileFault.class::cast)
                .findFirst()
                .orElseThrow();
        fault.setInvalid(true);

        fire(upload, "upload-before", JacksonUtils.createObjectNode());

        assertThat(fault.isVisible()).isFalse();
    }

    @Test
    void aCalendarIsInTheReadersLanguage() {
        UI.getCurrent().setLocale(Locale.GERMAN);
        signInAsAdministrator();
        open(Paths.ADMIN_AUDIT);

        DayField from = find(DayField.class).all().getFirst();

        assertThat(from.getI18n().getMonthNames()).contains("März").hasSize(12);
        assertThat(from.getI18n().getWeekdays()).startsWith("Sonntag").hasSize(7);
        assertThat(from.getI18n().getToday()).isEqualTo("Heute");
    }

    @Test
    void whatComponentsSayByThemselvesIsInTheReadersLanguage() {
        UI.getCurrent().setLocale(Locale.GERMAN);
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        signIn(aMember(team, Role.OWNER), null);
        open(Paths.submit(team.slug()));
        UploadI18N runs = find(Upload.class).single().getI18n();
        var file = new FileField(List.of(".csv"), 1 << 20, (name, bytes) -> {});
        UploadI18N bills = ((Upload) file.getChildren().findFirst().orElseThrow()).getI18n();

        for (UploadI18N words : List.of(runs, bills)) {
            assertThat(words.getUploading().getStatus().getStalled()).isEqualTo("Steht still");
            assertThat(words.getUploading().getError().getServerUnavailable()).startsWith("Der Server antwortet nicht");
            assertThat(words.getFile().getRemove()).isEqualTo("Entfernen");
        }
        assertThat(new SecretField("Passwort").getElement().getPropertyRaw("i18n"))
                .asString()
                .contains("Zeigen, was getippt ist");
    }

    private void hand(String name, String content) {
        test(find(Upload.class).single())
                .upload(name, "application/octet-stream", content.getBytes(StandardCharsets.UTF_8));
    }

    /** The number of the last thing that anybody wrote. */
    private long newest() {
        return audit.find(AuditQuery.everything(), null).items().stream()
                .mapToLong(AuditEntry::number)
                .max()
                .orElse(0);
    }

    private static String filledIn(String typed) {
        return typed.replace("{openai}", "sk-proj-" + "a1B2".repeat(20))
                .replace("{price}", "Provider=page; Model=wrong-model; Input / 1M=2; Output / 1M=8");
    }

    /** The last one with that label: that of the dialog, where the page has one too. */
    private AbstractField<?, ?> anyField(String label) {
        return find(AbstractField.class).all().stream()
                .filter(one -> one instanceof HasLabel labelled && label.equals(labelled.getLabel()))
                .reduce((first, last) -> last)
                .map(one -> (AbstractField<?, ?>) one)
                .orElseThrow(() -> new AssertionError("no field " + label));
    }

    private void type(String label, String text) {
        switch (anyField(label)) {
            case TextField field -> field.setValue(text);
            case TextArea field -> field.setValue(text);
            case PasswordField field -> field.setValue(text);
            case IntegerField field -> typed(field, text);
            case BigDecimalField field -> number(field, text);
            case DayField field -> day(field, text);
            case Select<?> field -> choose(field, text);
            case ComboBox<?> field -> field.clear();
            default -> throw new IllegalArgumentException(label);
        }
    }

    private static void number(BigDecimalField field, String text) {
        try {
            field.setValue(new BigDecimal(text));
        } catch (NumberFormatException none) {
            fromTheBrowser(field, text);
        }
    }

    /** As a browser tells what was typed. */
    private static void fromTheBrowser(BigDecimalField field, String text) {
        try {
            field.getElement()
                    .getNode()
                    .getFeature(ElementPropertyMap.class)
                    .deferredUpdateFromClient("value", text)
                    .run();
        } catch (PropertyChangeDeniedException e) {
            throw new AssertionError(e);
        }
    }

    private static void day(DayField field, String text) {
        if (text.isEmpty()) {
            field.clear();
            return;
        }
        try {
            field.setValue(LocalDate.parse(text));
        } catch (DateTimeParseException none) {
            unreadable(field, text);
        }
    }

    private static <T> void choose(Select<T> field, String name) {
        field.setValue(field.getListDataView()
                .getItems()
                .filter(item -> item instanceof Enum<?> one && one.name().equals(name))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void aKeyWithoutAnEndIsSaidToHaveNone() {
        signIn(aPerson(), null);
        open(Paths.ACCOUNT);

        click("New key");

        assertThat(find(DayField.class).withLabel("Expires").single().getHelperText())
                .contains("empty for never");
    }
}
