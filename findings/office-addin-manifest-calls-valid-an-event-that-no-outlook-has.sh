#!/usr/bin/env bash
# What: office-addin-manifest-converter 0.4.1 and office-addin-manifest 3.0.0, the two of Microsoft's tools that check an
#   add-in's manifest without asking a server: an add-in's XML (VersionOverrides 1.1) is converted, and the JSON validated.
# One would guess: a LaunchEvent of a Type that there is not, OnMessageWhenever for OnMessageSend, is found by one of them: the
#   events are a closed list on Microsoft's page, and a wrong SendMode is found.
# Seen: the converter turns the events that it knows into names of its own (messageSending), hands any other through as it is,
#   and the validator calls it valid. A wrong SendMode it finds.
# Whom it hurts: who lets these two keep watch in CI: a slip of the pen in the event's name is installed, and never fires.
set -euo pipefail
command -v node npm > /dev/null || { echo "It takes node and npm."; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix . office-addin-manifest-converter@0.4.1 office-addin-manifest@3.0.0
manifest() { # EVENT SENDMODE
    cat <<XML
<?xml version="1.0" encoding="UTF-8"?>
<OfficeApp xmlns="http://schemas.microsoft.com/office/appforoffice/1.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:bt="http://schemas.microsoft.com/office/officeappbasictypes/1.0" xsi:type="MailApp">
  <Id>6f1c1d0e-3b1f-4c55-9d53-1f6a4b1f7a10</Id><Version>1.0.0.0</Version><ProviderName>Example</ProviderName>
  <DefaultLocale>en-US</DefaultLocale><DisplayName DefaultValue="Example"/><Description DefaultValue="An example."/>
  <IconUrl DefaultValue="https://example.com/64.png"/><HighResolutionIconUrl DefaultValue="https://example.com/128.png"/>
  <SupportUrl DefaultValue="https://example.com/"/>
  <Hosts><Host Name="Mailbox"/></Hosts><Requirements><Sets><Set Name="Mailbox" MinVersion="1.3"/></Sets></Requirements>
  <FormSettings><Form xsi:type="ItemRead"><DesktopSettings><SourceLocation DefaultValue="https://example.com/pane.html"/><RequestedHeight>250</RequestedHeight></DesktopSettings></Form></FormSettings>
  <Permissions>ReadWriteItem</Permissions>
  <Rule xsi:type="RuleCollection" Mode="Or"><Rule xsi:type="ItemIs" ItemType="Message" FormType="Read"/></Rule>
  <VersionOverrides xmlns="http://schemas.microsoft.com/office/mailappversionoverrides" xsi:type="VersionOverridesV1_0">
    <VersionOverrides xmlns="http://schemas.microsoft.com/office/mailappversionoverrides/1.1" xsi:type="VersionOverridesV1_1">
      <Requirements><bt:Sets DefaultMinVersion="1.12"><bt:Set Name="Mailbox"/></bt:Sets></Requirements>
      <Hosts><Host xsi:type="MailHost">
        <Runtimes><Runtime resid="Page"><Override type="javascript" resid="Script"/></Runtime></Runtimes>
        <DesktopFormFactor><FunctionFile resid="Page"/>
          <ExtensionPoint xsi:type="LaunchEvent"><LaunchEvents><LaunchEvent Type="$1" FunctionName="onSend" SendMode="$2"/></LaunchEvents><SourceLocation resid="Page"/></ExtensionPoint>
        </DesktopFormFactor>
      </Host></Hosts>
      <Resources><bt:Urls><bt:Url id="Page" DefaultValue="https://example.com/page.html"/><bt:Url id="Script" DefaultValue="https://example.com/script.js"/></bt:Urls></Resources>
    </VersionOverrides>
  </VersionOverrides>
</OfficeApp>
XML
}
judged() { # NAME EVENT SENDMODE: what is said of it, and what became of the event
    manifest "$2" "$3" > "$1.xml"
    if ! node_modules/.bin/office-addin-manifest-converter convert "$1.xml" -o "$1" > "$1.said" 2>&1; then echo "not converted"; return; fi
    if ! node_modules/.bin/office-addin-manifest validate "$1/manifest.json" > "$1.said" 2>&1; then echo "not valid"; return; fi
    python3 -c 'import json, re, sys; text = open(sys.argv[1]).read(); json.loads(text); print("valid:", *re.findall(r"messageSending|OnMessage\w+", text))' "$1/manifest.json"
}
known=$(judged known OnMessageSend PromptUser)
unknown=$(judged unknown OnMessageWhenever PromptUser)
wrong=$(judged wrong OnMessageSend Whenever)
echo "OnMessageSend: $known; OnMessageWhenever: $unknown; SendMode Whenever: $wrong"
[ "$known" = "valid: messageSending" ]
[ "$unknown" = "valid: OnMessageWhenever" ]
[ "$wrong" = "not valid" ]
echo "As stated."
