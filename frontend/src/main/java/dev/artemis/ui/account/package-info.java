/** A person's own account: password, second factor, passkeys, keys. */
@NullMarked
package dev.artemis.ui.account;

import org.jspecify.annotations.NullMarked;
