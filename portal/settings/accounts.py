"""Accounts: who signs in how, with which password and which second factor."""

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["catalog.people.backends.EmailOrUsernameBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "catalog.people.signin.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "catalog.people.signin.forms.LoginForm",
    "reauthenticate": "catalog.people.signin.forms.ReauthenticateForm",
    "change_password": "catalog.people.signin.forms.ChangePasswordForm",
    "reset_password": "catalog.people.signin.forms.ResetPasswordForm",
    "reset_password_from_key": "catalog.people.signin.forms.ResetPasswordKeyForm",
}
# One address may stand for a whole ministry.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "30/m/ip,5/5m/key"}
SIGN_IN_STARTS = "240/m/ip"
SOCIALACCOUNT_ADAPTER = "catalog.people.issuers.adapter.IssuerAdapter"
SOCIALACCOUNT_EMAIL_REQUIRED = False
MFA_ADAPTER = "catalog.people.signin.adapters.SecondFactorAdapter"
# Administrators made the accounts, so nobody can hold an address that is not theirs.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_PERIOD = 30
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "catalog.people.signin.forms.AuthenticateForm",
    "reauthenticate": "catalog.people.signin.forms.SecondFactorReauthenticateForm",
    "activate_totp": "catalog.people.signin.forms.ActivateForm",
}
