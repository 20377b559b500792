/** Tests of the local sandbox, for real: they abort, saying why, where no sandbox can be made. */
@NullMarked
package dev.artemis.sandbox.local;

import org.jspecify.annotations.NullMarked;
