/*
 * `practice`: a payment provider inside the program, for trying the whole way of a contribution
 * with nothing installed and no money moved. It refuses an address of readers that is not this
 * machine's own, so that nobody ever gives to it by mistake.
 */
#pragma once

#include "fund/provider.h"

extern const PaymentProvider practice_provider;
