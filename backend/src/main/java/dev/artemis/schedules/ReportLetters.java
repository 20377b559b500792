package dev.artemis.schedules;

import static dev.artemis.mail.LetterTexts.say;

import dev.artemis.exports.Export;
import dev.artemis.exports.ExportProgress;
import dev.artemis.exports.Exports;
import dev.artemis.mail.Letter;
import dev.artemis.mail.Readers;
import dev.artemis.mail.Tongue;
import dev.artemis.reports.Span;
import dev.artemis.tenants.Tenant;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.stereotype.Component;

/** What a report's letter says, and the file that comes with it. */
@Component
class ReportLetters {

    private final SavedReports reports;
    private final Exports exports;
    private final Readers readers;
    private final ScheduleSettings settings;

    ReportLetters(SavedReports reports, Exports exports, Readers readers, ScheduleSettings settings) {
        this.readers = readers;
        this.reports = reports;
        this.exports = exports;
        this.settings = settings;
    }

    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    Letter write(Tenant tenant, SavedReport report, ReportDelivery delivery) {
        Tongue tongue = tongue(report);
        String days = say(
                tongue,
                "report.days",
                delivery.from().toString(),
                delivery.to().minusDays(1).toString());
        String link = settings.publicUrl().replaceAll("/+$", "") + "/teams/" + tenant.slug() + "/reports?delivery="
                + delivery.id();
        String subject = report.name() + ": " + tenant.name() + ", " + days;
        Optional<byte[]> file = switch (report.delivery()) {
            case LINK -> Optional.empty();
            case ATTACHMENT -> file(tenant, report, delivery);
        };
        String text = say(
                tongue,
                "report.text",
                report.name(),
                tenant.name(),
                days,
                tenant.timeZone().getId(),
                file.isPresent() ? say(tongue, "report.attached") : say(tongue, "report.here"),
                link);
        return new Letter(
                delivery.provisional() ? beforeTheFinal(delivery.id()) : delivery.id(),
                Objects.requireNonNullElse(delivery.remaining(), report.recipients()),
                subject,
                text,
                null,
                file.map(bytes -> new Letter.Attachment(
                                "artemis-%s-%s.%s"
                                        .formatted(
                                                tenant.slug(),
                                                delivery.from(),
                                                report.format().extension()),
                                report.format().mediaType(),
                                new ByteArrayResource(bytes)))
                        .map(List::of)
                        .orElse(List.of()));
    }

    /** Mail programs show letters of one id once: the final statement is another letter. */
    private static UUID beforeTheFinal(UUID delivery) {
        return UUID.nameUUIDFromBytes(("provisional " + delivery).getBytes(StandardCharsets.UTF_8));
    }

    /** One letter goes to all: in the language that all of them read of whom we know it, else in English. */
    private Tongue tongue(SavedReport report) {
        Set<Tongue> tongues = report.recipients().stream()
                .flatMap(address -> readers.tongueOf(address).stream())
                .collect(Collectors.toSet());
        return tongues.size() == 1 ? tongues.iterator().next() : Tongue.ENGLISH;
    }

    /** Empty where it is too large for a letter. */
    private Optional<byte[]> file(Tenant tenant, SavedReport report, ReportDelivery delivery) {
        Export export = reports.export(tenant.id(), report, new Span.Days(delivery.from(), delivery.to()));
        var bytes = new ByteArrayOutputStream();
        long most = settings.largestAttachment().toBytes();
        OutputStream bounded = new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] some, int offset, int length) {
                if (bytes.size() + length > most) {
                    throw new TooLarge();
                }
                bytes.write(some, offset, length);
            }
        };
        try {
            exports.write(export, new ExportProgress(), bounded);
            return Optional.of(bytes.toByteArray());
        } catch (TooLarge e) {
            return Optional.empty();
        }
    }
}
