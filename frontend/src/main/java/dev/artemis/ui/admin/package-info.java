/** Pages of the platform's administrators. */
@NullMarked
package dev.artemis.ui.admin;

import org.jspecify.annotations.NullMarked;
