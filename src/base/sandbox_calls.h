/* Private to sandbox.c: the seccomp part of a sandbox. */
#pragma once

#include "base/sandbox.h"

/* Installs the allow-list for this plan. False with errno set if the kernel refused. */
bool sandbox_calls_apply(const SandboxPlan *plan);
