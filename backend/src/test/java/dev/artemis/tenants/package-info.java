@NullMarked
package dev.artemis.tenants;

import org.jspecify.annotations.NullMarked;
