package dev.artemis.ledger;

import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.UserId;
import org.jspecify.annotations.Nullable;

/** Who spent it, within one tenant: a project, with the key that was used and the person behind it where known. */
public record Payer(
        ProjectId project, @Nullable KeyId key, @Nullable UserId member) {}
